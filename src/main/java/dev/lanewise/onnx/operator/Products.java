package dev.lanewise.onnx.operator;

import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Broadcast;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;

/// Products of matrices: affine maps where one side is weights, else as NumPy's `matmul`.
final class Products {

  private Products() {}

  static Value gemm(Call call) {
    boolean transposeA = call.flag("transA", false);
    boolean transposeB = call.flag("transB", false);
    double alpha = call.number("alpha", 1);
    double beta = call.number("beta", 1);
    if (call.opset() < 7) {
      call.flag("broadcast", false); // of C, which later versions always do
    }
    requireMatrix(call, 0);
    requireMatrix(call, 1);
    boolean bias = call.has(2) && beta != 0;
    if (call.input(0) instanceof Traced x && call.input(1) instanceof Numbers weight) {
      Tensor w = transposeB ? weight.tensor() : Weights.transposed(call.trace(), weight.tensor());
      Tensor own = bias && alpha == 1 && beta == 1 ? bias(call, 2, w.shape().dim(0)) : null;
      Traced y = scaled(affine(call, transposeA ? transposed(x) : x, w, own), alpha);
      return bias && own == null ? plus(call, y, beta) : y;
    }
    Traced a = call.traced(0);
    Traced b = call.traced(1);
    Traced y = scaled(MatrixProduct.of(call, transposeA ? transposed(a) : a, transposeB ? transposed(b) : b), alpha);
    return bias ? plus(call, y, beta) : y;
  }

  static Value matmul(Call call) {
    if (call.input(0) instanceof Traced x && call.input(1) instanceof Numbers weight && weight.rank() == 2
        && x.rank() > 0) {
      return affine(call, x, Weights.transposed(call.trace(), weight.tensor()), null);
    }
    if (call.input(0) instanceof Numbers weight && weight.rank() == 2
        && call.input(1) instanceof Traced x && x.rank() == 2 && x.batch() == 1 && !x.isMerged()) {
      return transposed(affine(call, transposed(x), weight.tensor(), null));
    }
    return MatrixProduct.of(call, call.traced(0), call.traced(1));
  }

  /// A product and a sum as one affine map: x, a weight, `[in, out]` or transposed with `transB`, a bias.
  static Value linear(Call call) {
    Traced x = call.traced(0);
    requireMatrix(call, 1);
    Tensor weight = call.numbers(1).tensor();
    Tensor w = call.flag("transB", false) ? weight : Weights.transposed(call.trace(), weight);
    Tensor own = isNamed(call, w) ? null : bias(call, 2, w.shape().dim(0));
    Traced y = affine(call, x, w, own);
    return own == null ? plus(call, y, 1) : y;
  }

  private static void requireMatrix(Call call, int input) {
    Value value = call.input(input);
    if (value.rank() != 2) {
      throw call.refusal("input " + call.name(input) + " has shape " + Arrays.toString(value.dims())
          + ", expected 2 axes");
    }
  }

  /// W·x + b along the last axis.
  private static Traced affine(Call call, Traced x, Tensor weight, Tensor bias) {
    int last = x.rank() - 1;
    call.inner(x, last);
    int in = weight.shape().dim(1);
    if (x.dim(last) != in) {
      throw call.refusal("operands have shapes " + x + " and, transposed, " + weight.shape() + ", expected " + in
          + " along the last axis of both");
    }
    int[] dims = x.dims();
    dims[last] = weight.shape().dim(0);
    Node y = isNamed(call, weight) ? product(x.node(), call.trace().parameter(call.numbers(1).name(), weight))
        : call.trace().linear(call.layerName(1), x.node(), weight, bias);
    return Traced.like(x, y, dims, x.batch());
  }

  /// Whether the file transposes a weight that it has in our layout, under a name that is not a layer's: then it stays
  /// a parameter of its own under that name.
  private static boolean isNamed(Call call, Tensor weight) {
    return call.input(1) instanceof Numbers numbers && numbers.isParameter() && numbers.tensor() != weight
        && call.trace().origin(numbers.tensor()) == weight
        && !numbers.name().endsWith(".weight") && !numbers.name().equals("weight");
  }

  private static Node product(Node x, Node weight) {
    int[] dims = x.shape().toArray();
    Node rows = dims.length == 1 ? x.unsqueeze(0) : x;
    dims[dims.length - 1] = weight.shape().dim(0);
    return rows.matmulTransposed(weight).reshape(dims);
  }

  /// An input as a bias of this length, or null if it is none.
  private static Tensor bias(Call call, int input, int out) {
    return call.input(input) instanceof Numbers numbers && numbers.tensor().size() == out && numbers.rank() > 0
        && numbers.rank() <= 2 && numbers.dims()[numbers.rank() - 1] == out
        ? Weights.flat(call.trace(), numbers.tensor()) : null;
  }

  private static Traced scaled(Traced x, double factor) {
    return factor == 1 ? x : x.with(x.node().times(factor));
  }

  private static Traced plus(Call call, Traced y, double beta) {
    return Broadcast.onto(call, y, scaled(call.traced(2), beta), "input " + call.name(2), Node::plus);
  }

  /// A matrix transposed.
  private static Traced transposed(Traced x) {
    int[] dims = {x.dim(1), x.dim(0)};
    boolean both = x.node().shape().rank() == 2;
    return Traced.like(x, both ? x.node().permute(1, 0) : x.node(), dims, x.isBatched() ? 1 - x.batch() : -1);
  }
}
