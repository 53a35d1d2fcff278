package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.file.Excerpt;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A multilayer perceptron: dense layers with an activation and dropout behind each hidden one, none behind the last.
///
/// | task           | last layer's outputs               | and then            |
/// |----------------|------------------------------------|---------------------|
/// | REGRESSION     | one for each number to be predicted | nothing: unbounded  |
/// | CLASSIFICATION | one logit for each class           | softmax, equation 47 |
///
/// Slides, "Regression MLP architecture" and "Classification MLP architecture".
///
/// @param task what is predicted
/// @param widths features, units of each hidden layer, outputs: n₀, …, n_L
/// @param activation φ of the hidden layers
/// @param dropout the probability that a hidden unit is dropped in training; 0 for none
public record Architecture(Task task, List<Integer> widths, Activation activation, double dropout) {

  /// What is predicted.
  public enum Task {
    /// Numbers.
    REGRESSION,
    /// One of several classes.
    CLASSIFICATION
  }

  /// @throws IllegalArgumentException for fewer than two widths, one below 1, a single class, or a dropout that is no rate
  public Architecture {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(activation, "activation");
    widths = List.copyOf(widths);
    if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("Mlp: widths are " + Excerpt.of(widths) + ", expected features and outputs at least, each at least 1");
    }
    if (task == Task.CLASSIFICATION && widths.getLast() < 2) {
      throw new IllegalArgumentException("Mlp: " + widths.getLast() + " class, expected at least 2");
    }
    new Dropout(dropout);
  }

  /// n₀, the number of features.
  public int features() {
    return widths.getFirst();
  }

  /// n_L, the number of outputs: of numbers or of classes.
  public int outputs() {
    return widths.getLast();
  }

  /// The same with other hidden layers.
  Architecture withHidden(int... units) {
    List<Integer> other = new ArrayList<>(List.of(features()));
    for (int width : units) {
      other.add(width);
    }
    other.add(outputs());
    return new Architecture(task, other, activation, dropout);
  }

  /// The layers. Hidden ones start from He's initial values where φ is the rectifier or like it, from Glorot's else.
  public Sequential network() {
    Initializer hidden = switch (activation) {
      case RELU, LEAKY_RELU, GELU, ELU, SILU, MISH -> Initializer.heNormal();
      case IDENTITY, SIGMOID, TANH, SOFTPLUS -> Initializer.glorotNormal();
    };
    List<Layer> layers = new ArrayList<>();
    int last = widths.size() - 1;
    for (int layer = 1; layer < last; layer++) {
      layers.add(new Dense(widths.get(layer - 1), widths.get(layer), activation).withInitializer(hidden));
      if (dropout > 0) {
        layers.add(new Dropout(dropout));
      }
    }
    layers.add(new Dense(widths.get(last - 1), widths.get(last)).withInitializer(Initializer.glorotNormal()));
    return new Sequential(layers);
  }

  /// Where dense layer `layer` stands among all layers of [#network()], and so in the names of its parameters.
  static int position(int layer, double dropout) {
    return dropout > 0 ? 2 * layer : layer;
  }

  /// For example `64-100-100-10`.
  String widthsText() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  /// For example `classification 64-100-100-10, RELU, dropout 0.2`.
  @Override
  public String toString() {
    return (task == Task.REGRESSION ? "regression " : "classification ") + widthsText() + ", " + activation
        + (dropout == 0 ? "" : ", dropout " + dropout);
  }
}
