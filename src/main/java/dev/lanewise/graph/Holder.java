package dev.lanewise.graph;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Shape;
import java.util.Objects;

/// A holder of parameters in an expression: a parameter of its own, or an applied layer.
///
/// @param name the prefix of its parameters' names
/// @param layer the layer, or null
/// @param shape the parameter's, or null
/// @param initializer the parameter's, or null
record Holder(String name, Layer layer, Shape shape, Initializer initializer) {

  static Holder of(String name, Layer layer) {
    return new Holder(name, Objects.requireNonNull(layer, "layer"), null, null);
  }

  static Holder of(String name, Shape shape, Initializer initializer) {
    return new Holder(
        name, null, Objects.requireNonNull(shape, "shape"), Objects.requireNonNull(initializer, "initializer"));
  }

  ParameterSpec spec() {
    return layer != null ? layer.parameters() : ParameterSpec.of(new ParameterSpec.Entry("", shape, initializer));
  }

  @Override
  public String toString() {
    return layer instanceof AffineLayer ? layer.toString() : name + ": " + (layer != null ? layer : shape);
  }
}
