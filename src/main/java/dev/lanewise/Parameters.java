package dev.lanewise;

import java.util.Objects;
import java.util.random.RandomGeneratorFactory;

/// Values for a [ParameterSpec]: θ itself, or a chunk of its tangents θ̇ or cotangents θ̄.
///
/// All values lie in one flat tensor `[chunk, P]`, one direction after another, in the spec's order; θ has chunk 1.
/// The columns of a Jacobian with respect to the parameters have this order.
///
/// [#none()] stands for optional values: a tangent of zero, or cotangents that are not wanted. Its parts are [#none()]
/// again.
public final class Parameters {

  private static final Parameters NONE = new Parameters(ParameterSpec.none(), Tensor.none(), 0, 0);

  private final ParameterSpec spec;
  private final Tensor flat;
  private final int chunk;
  private final Tensor[][] values; // [direction][entry]
  private final Parameters[] parts;
  /// The layer that these values last fitted, so that a loop does not ask for its spec again. Threads may race to set
  /// it: each compares it with its own layer.
  private Layer known;
  /// The spec whose shapes these values last had, for the same reason.
  private ParameterSpec like;

  /// The part of each direction of `flat` that begins at column `first`.
  private Parameters(ParameterSpec spec, Tensor flat, int chunk, int first) {
    this.spec = spec;
    this.flat = flat;
    this.chunk = chunk;
    this.values = new Tensor[chunk][spec.entries().size()];
    for (int direction = 0; direction < chunk; direction++) {
      int at = direction * flat.shape().last() + first;
      for (int index = 0; index < values[direction].length; index++) {
        Shape shape = spec.entries().get(index).shape();
        values[direction][index] = flat.view(at, shape);
        at += shape.size();
      }
    }
    this.parts = new Parameters[spec.parts().size()];
    int column = first;
    for (int part = 0; part < parts.length; part++) {
      ParameterSpec partSpec = spec.parts().get(part);
      parts[part] = new Parameters(partSpec, flat, chunk, column);
      column += partSpec.size();
    }
  }

  /// {@return no values: a tangent of zero, or a cotangent that is not wanted}
  public static Parameters none() {
    return NONE;
  }

  /// {@return zeros for every parameter}
  public static Parameters zeros(ParameterSpec spec, Precision precision) {
    return zeros(spec, precision, 1);
  }

  /// {@return zeros for every parameter in each of `chunk` directions}
  public static Parameters zeros(ParameterSpec spec, Precision precision, int chunk) {
    return of(spec, Tensor.zeros(precision, chunk, spec.size()));
  }

  /// {@return values over the flat tensor `[chunk, P]`, which is shared, not copied}
  ///
  /// @throws IllegalArgumentException if its rows are not as long as the spec's parameters together
  public static Parameters of(ParameterSpec spec, Tensor flat) {
    Objects.requireNonNull(spec, "spec");
    if (flat.shape().rank() != 2 || flat.shape().last() != spec.size()) {
      throw new IllegalArgumentException("Parameters: values have shape " + flat.shape() + ", expected [chunk, "
          + spec.size() + "]");
    }
    TensorKernels.load(flat.precision());
    return new Parameters(spec, flat, flat.shape().dim(0), 0);
  }

  /// {@return θ drawn from the spec's initializers} The same seed gives the same values in both precisions, up to
  /// rounding.
  public static Parameters initialize(ParameterSpec spec, Precision precision, long seed) {
    Parameters theta = zeros(spec, precision);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int index = 0; index < spec.entries().size(); index++) {
      spec.entries().get(index).initializer().initialize(theta.get(index), random);
    }
    return theta;
  }

  /// {@return whether this is [#none()]}
  public boolean isNone() {
    return this == NONE;
  }

  /// {@return the spec that these are values for}
  public ParameterSpec spec() {
    return spec;
  }

  /// {@return the number of directions: 1 for θ itself}
  public int chunk() {
    return chunk;
  }

  /// {@return all values, `[chunk, P]`; for a part, all values of the whole that it belongs to}
  public Tensor flat() {
    return flat;
  }

  /// {@return the number format}
  public Precision precision() {
    return flat.precision();
  }

  /// {@return the number of parameters (not of scalars)}
  public int count() {
    return spec.entries().size();
  }

  /// {@return the value of parameter `index` in the first direction}
  public Tensor get(int index) {
    return values[0][index];
  }

  /// {@return the value of parameter `index` in direction `direction`}
  public Tensor get(int index, int direction) {
    return values[direction][index];
  }

  /// {@return the value of the parameter with this name in the first direction}
  ///
  /// @throws IllegalArgumentException if there is none
  public Tensor get(String name) {
    return values[0][spec.indexOf(name)];
  }

  /// {@return the values of part `index` of a layer made of layers, sharing this one's memory}
  public Parameters part(int index) {
    return isNone() ? NONE : parts[index];
  }

  /// {@return the same values in another precision, in new memory}
  public Parameters to(Precision precision) {
    return of(spec, flat.to(precision));
  }

  /// Checks that there are as many parameters as `owner` has, of this precision and chunk.
  ///
  /// @throws IllegalArgumentException if they are not
  public void require(int count, Precision precision, int chunk, Object owner, String name) {
    if (spec.entries().size() != count) {
      throw new IllegalArgumentException(owner + ": " + name + " has " + spec.entries().size()
          + " parameters, expected " + count);
    }
    if (count > 0 && flat.precision() != precision) {
      throw new IllegalArgumentException(owner + ": " + name + " has precision " + flat.precision() + ", expected "
          + precision);
    }
    if (count > 0 && this.chunk != chunk) {
      throw new IllegalArgumentException(owner + ": " + name + " has " + this.chunk + " directions, expected " + chunk);
    }
  }

  /// Checks that these are `chunk` directions of `theta`'s parameters, in its precision.
  ///
  /// @throws IllegalArgumentException if they are not
  public void requireLike(Parameters theta, int chunk, Object owner, String name) {
    if (like != theta.spec) {
      spec.requireShapesOf(theta.spec, owner, name);
      like = theta.spec;
    }
    require(theta.count(), theta.count() == 0 ? null : theta.precision(), chunk, owner, name);
  }

  /// Checks tangents, or the place for cotangents: they must be [#none()], or `chunk` directions of `theta`'s
  /// parameters in its precision.
  ///
  /// @throws IllegalArgumentException if they are neither
  public void requireOptional(Parameters theta, int chunk, Object owner, String name) {
    if (!isNone()) {
      requireLike(theta, chunk, owner, name);
    }
  }

  /// Checks that θ belongs to `layer`: one value for each of its parameters, in the same shapes and parts. Names may
  /// differ. [#none()] is θ of any layer without parameters.
  ///
  /// Only the first call for a layer asks for its spec.
  ///
  /// @throws IllegalArgumentException if they are another layer's, or not one direction
  public void requireOf(Layer layer, String name) {
    if (known != layer) {
      ParameterSpec own = layer.parameters();
      if (!isNone() || own.size() > 0) {
        spec.requireShapesOf(own, layer, name);
        require(spec.entries().size(), spec.entries().isEmpty() ? null : flat.precision(), 1, layer, name);
      }
      known = layer;
    }
  }

  /// Checks that these values have as many parts as `owner`, a layer made of layers, has. [#none()] has as
  /// many as are asked for.
  ///
  /// @throws IllegalArgumentException if they do not
  public void requireParts(int count, Object owner, String name) {
    if (parts.length != count && !isNone()) {
      throw new IllegalArgumentException(owner + ": " + name + " has " + parts.length + " parts, expected " + count);
    }
  }

  /// Names, shapes, precision and chunk.
  @Override
  public String toString() {
    return isNone() ? "none" : precision() + " chunk " + chunk + " " + spec;
  }
}
