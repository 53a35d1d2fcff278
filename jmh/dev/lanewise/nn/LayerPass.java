package dev.lanewise.nn;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.BesideGemm;
import dev.lanewise.kernel.Uniform;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One pass of a layer at one point, by its name in `summary.json`: `b32.push16` is a push of 16 directions at a batch
/// of 32 samples.
public final class LayerPass implements BesideGemm.Pass {

  public enum Kind {
    /// y; nothing is kept for derivatives.
    VALUE,
    /// ẏ from ẋ.
    PUSH,
    /// x̄ from ȳ.
    PULL,
    /// θ̄ from ȳ.
    THETA,
    /// x̄ and θ̄ from ȳ, for one direction.
    PULL_ALL
  }

  private static final Pattern NAME = Pattern.compile("b(\\d+)\\.([a-z_]+)(\\d*)");

  public final Kind kind;
  public final int batch;
  public final int directions;
  public final Tensor x;
  public final Parameters theta;

  /// The input: x, or directions `[directions, batch, …]`.
  public final Tensor from;
  public final Parameters thetaBar;
  private final Layer layer;
  private final Workspace ws = new Workspace();
  private final Linearization at;
  private Tensor to;

  /// @param sample the shape of one
  public LayerPass(String name, Layer layer, Shape sample, Precision precision) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("pass is " + name + ", expected for example b32.push16");
    }
    this.layer = layer;
    batch = Integer.parseInt(parts.group(1));
    kind = Kind.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
    directions = parts.group(3).isEmpty() ? 1 : Integer.parseInt(parts.group(3));
    SplittableRandom random = new SplittableRandom(7);
    x = Uniform.fill(Tensor.zeros(precision, sample.prepend(batch)), random, 1);
    theta = Parameters.initialize(layer.parameters(), precision, 5);
    shift(theta.flat(), random);
    Shape input = x.shape().prepend(directions);
    Shape output = layer.outputShape(x.shape()).prepend(directions);
    boolean pushes = kind == Kind.PUSH;
    boolean pulls = kind == Kind.PULL || kind == Kind.PULL_ALL;
    from = kind == Kind.VALUE ? x : Uniform.fill(Tensor.zeros(precision, pushes ? input : output), random, 1);
    to = kind == Kind.THETA || kind == Kind.VALUE ? Tensor.none() : Tensor.zeros(precision, pulls ? input : output);
    thetaBar = kind == Kind.THETA || kind == Kind.PULL_ALL ? Parameters.zeros(layer.parameters(), precision, directions)
        : Parameters.none();
    at = kind == Kind.VALUE ? null : layer.linearize(x, theta, ws);
  }

  /// Moves biases away from zero too, so that a layer that ignores them is noticed.
  private static void shift(Tensor theta, SplittableRandom random) {
    for (int position = 0; position < theta.size(); position++) {
      theta.set(position, theta.get(position) + random.nextDouble(-0.05, 0.05));
    }
  }

  @Override
  public void run() {
    switch (kind) {
      case VALUE -> {
        int mark = ws.mark();
        to = layer.forward(x, theta, ws);
        ws.release(mark);
      }
      case PUSH -> at.jvp(from, Parameters.none(), to);
      case PULL, THETA, PULL_ALL -> at.vjp(from, to, thetaBar);
    }
  }

  /// The last result (none for [Kind#THETA]), with directions in the first axis except for a value.
  public Tensor result() {
    return to;
  }

  @Override
  public long multiplyAdds() {
    return ws.multiplyAdds();
  }

  /// |found − expected| ≤ tolerance · magnitude.
  public void require(String what, double found, double expected, double magnitude) {
    double tolerance = 512 * x.precision().unitRoundoff();
    if (!(Math.abs(found - expected) <= tolerance * magnitude)) {
      throw new IllegalStateException(layer + " " + kind + ", batch " + batch + ": " + what + " is " + found
          + ", expected " + expected);
    }
  }
}
