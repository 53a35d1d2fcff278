package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The same elements in another form: `Identity`, `Dropout` at inference, `Flatten`, `Squeeze`, `Unsqueeze`,
/// `Transpose`, `DepthToSpace`, `SpaceToDepth`.
final class Forms {

  private static final int IMAGES = 4;

  private Forms() {}

  /// Its second output, the mask, is for training: reading it is refused.
  static Value dropout(Call call) {
    call.number("ratio", 0);
    call.integer("seed", 0);
    if (call.has(2) && Arrays.stream(call.fixed(2)).anyMatch(training -> training != 0)) {
      throw call.refusal("training_mode is true, expected false: networks are read as they are after training");
    }
    return call.input(0);
  }

  static Value flatten(Call call) {
    Value x = call.input(0);
    int rank = x.rank();
    int axis = call.small(call.integer("axis", 1), "axis");
    int at = axis == rank ? rank : call.axis(axis, Math.max(1, rank));
    int[] dims = {call.small(Arranged.product(x.dims(), at), "the length before axis " + at), 0};
    dims[1] = 1;
    for (int behind = at; behind < rank; behind++) {
      dims[1] = Math.multiplyExact(dims[1], x.dims()[behind]);
    }
    return Arranged.reshape(call, x, dims, x.batch() < at ? 0 : 1);
  }

  /// The axes, an attribute before opset 13, an input since; null where they are left out.
  private static long[] axes(Call call) {
    return call.opset() < 13 ? call.integerList("axes") : call.has(1) ? call.fixed(1) : null;
  }

  /// Without axes, it removes those of length 1 except the batch's.
  static Value squeeze(Call call) {
    Value x = call.input(0);
    int[] dims = x.dims();
    long[] axes = axes(call);
    boolean[] gone = new boolean[dims.length];
    for (int axis = 0; axis < dims.length && axes == null; axis++) {
      gone[axis] = dims[axis] == 1 && axis != x.batch();
    }
    for (long each : axes == null ? new long[0] : axes) {
      int axis = call.axis(each, dims.length);
      if (dims[axis] != 1 || axis == x.batch()) {
        throw call.refusal("it removes axis " + axis + " of " + Lengths.text(x) + ", expected one of length 1"
            + (axis == x.batch() ? " that is not the batch's" : ""));
      }
      gone[axis] = true;
    }
    int[] kept = IntStream.range(0, dims.length).filter(axis -> !gone[axis]).toArray();
    int batch = IntStream.range(0, kept.length).filter(at -> kept[at] == x.batch()).findFirst().orElse(-1);
    return Arranged.reshape(call, x, Arrays.stream(kept).map(axis -> dims[axis]).toArray(), batch);
  }

  static Value unsqueeze(Call call) {
    Value x = call.input(0);
    long[] axes = axes(call);
    if (axes == null) {
      throw call.refusal("axes are left out, expected the axes to add");
    }
    int rank = x.rank() + axes.length;
    boolean[] added = new boolean[rank];
    for (long each : axes) {
      int axis = call.axis(each, rank);
      if (added[axis]) {
        throw call.refusal("axis " + axis + " is added twice, expected once");
      }
      added[axis] = true;
    }
    int[] old = IntStream.range(0, rank).filter(axis -> !added[axis]).toArray();
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    for (int axis = 0; axis < old.length; axis++) {
      dims[old[axis]] = x.dims()[axis];
    }
    return Arranged.reshape(call, x, dims, x.batch() < 0 ? -1 : old[x.batch()]);
  }

  static Value transpose(Call call) {
    Value x = call.input(0);
    int rank = x.rank();
    long[] order = call.integerList("perm");
    if (order == null) {
      return Arranged.permute(call, x, IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
    }
    List<Integer> left = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    for (long axis : order) {
      left.remove((Object) Math.toIntExact(axis));
    }
    if (order.length != rank || !left.isEmpty()) {
      throw call.refusal("perm is " + Arrays.toString(order) + ", expected each axis of " + Lengths.text(x) + " once");
    }
    return Arranged.permute(call, x, Arrays.stream(order).mapToInt(axis -> (int) axis).toArray());
  }

  /// `[N, b²·c, H, W]` as `[N, c, H·b, W·b]`; the mode tells the order of b² and c.
  static Value depthToSpace(Call call) {
    Value x = images(call);
    int[] dims = x.dims();
    int b = block(call);
    boolean columns = call.choice("mode", "DCR", "CRD").equals("CRD");
    if (dims[1] % (b * b) != 0) {
      throw call.refusal("it has " + dims[1] + " channels, expected a multiple of " + b * b);
    }
    int c = dims[1] / (b * b);
    int[] parts = columns ? new int[] {dims[0], c, b, b, dims[2], dims[3]}
        : new int[] {dims[0], b, b, c, dims[2], dims[3]};
    int[] order = columns ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
    Value apart = Arranged.permute(call, Arranged.reshape(call, x, parts, 0), order);
    return Arranged.reshape(call, apart, new int[] {dims[0], c, dims[2] * b, dims[3] * b}, 0);
  }

  static Value spaceToDepth(Call call) {
    Value x = images(call);
    int[] dims = x.dims();
    int b = block(call);
    if (dims[2] % b != 0 || dims[3] % b != 0) {
      throw call.refusal("images are " + dims[2] + " × " + dims[3] + ", expected multiples of " + b);
    }
    int[] parts = {dims[0], dims[1], dims[2] / b, b, dims[3] / b, b};
    Value apart = Arranged.permute(call, Arranged.reshape(call, x, parts, 0), new int[] {0, 3, 5, 1, 2, 4});
    return Arranged.reshape(call, apart, new int[] {dims[0], b * b * dims[1], dims[2] / b, dims[3] / b}, 0);
  }

  private static Value images(Call call) {
    Value x = call.input(0);
    if (x.rank() != IMAGES || x.batch() > 0) {
      throw call.refusal("input is " + Lengths.text(x) + ", expected [N, C, H, W]");
    }
    return x;
  }

  private static int block(Call call) {
    long block = call.integer("blocksize", 0);
    if (block < 1 || block > 1 << 12) {
      throw call.refusal("blocksize is " + block + ", expected 1 to " + (1 << 12));
    }
    return (int) block;
  }
}
