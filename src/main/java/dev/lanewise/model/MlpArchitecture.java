package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.file.Excerpt;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A multilayer perceptron: dense layers, with an activation and dropout after each hidden one. Inputs are `[rows,
/// features]`. Slides, "Regression MLP architecture" and "Classification MLP architecture".
///
/// @param task what is predicted
/// @param widths features, units of each hidden layer, outputs: n₀, …, n_L
/// @param activation φ of the hidden layers
/// @param dropout the probability that a hidden unit is dropped in training; 0 for none
public record MlpArchitecture(Task task, List<Integer> widths, Activation activation, double dropout)
    implements Architecture {

  /// @throws IllegalArgumentException for fewer than two widths, one below 1, a single class, or a dropout that is no
  ///     rate
  public MlpArchitecture {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(activation, "activation");
    widths = List.copyOf(widths);
    if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("Mlp: widths are " + Excerpt.of(widths)
          + ", expected features and outputs at least, each at least 1");
    }
    if (task == Task.CLASSIFICATION && widths.getLast() < 2) {
      throw new IllegalArgumentException("Mlp: " + widths.getLast() + " class, expected at least 2");
    }
    new Dropout(dropout);
  }

  @Override
  public int features() {
    return widths.getFirst();
  }

  @Override
  public int outputs() {
    return widths.getLast();
  }

  MlpArchitecture withHidden(int... units) {
    List<Integer> other = new ArrayList<>(List.of(features()));
    Arrays.stream(units).forEach(other::add);
    other.add(outputs());
    return new MlpArchitecture(task, other, activation, dropout);
  }

  /// The layers. Hidden ones start from He's initial values if φ is the rectifier or similar, otherwise from Glorot's.
  @Override
  public Sequential network() {
    List<Layer> layers = new ArrayList<>();
    addDense(widths, activation, dropout, layers);
    return new Sequential(layers);
  }

  /// Adds dense layers of these widths, with an activation and dropout after each hidden one.
  static void addDense(List<Integer> widths, Activation activation, double dropout, List<Layer> layers) {
    int last = widths.size() - 1;
    for (int layer = 1; layer < last; layer++) {
      layers.add(new Dense(widths.get(layer - 1), widths.get(layer), activation)
          .withInitializer(initializer(activation)));
      if (dropout > 0) {
        layers.add(new Dropout(dropout));
      }
    }
    layers.add(new Dense(widths.get(last - 1), widths.get(last)).withInitializer(Initializer.glorotNormal()));
  }

  /// He's initial values if φ is the rectifier or similar, otherwise Glorot's.
  static Initializer initializer(Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU, GELU, ELU, SILU, MISH -> Initializer.heNormal();
      case IDENTITY, SIGMOID, TANH, SOFTPLUS -> Initializer.glorotNormal();
    };
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("widths", Metadata.integers(widths));
    texts.put("activation", activation.name());
    texts.put("dropout", Double.toString(dropout));
    return texts;
  }

  /// The file's weights and biases bound the number of layers.
  static MlpArchitecture read(Metadata texts, Task task) throws MalformedModelException {
    return new MlpArchitecture(task, texts.integers("widths", texts.tensors() / 2 + 1, "64-32-10"),
        texts.choice("activation", Activation.values()), texts.number("dropout"));
  }

  /// For example `classification 64-100-100-10, RELU, dropout 0.2`.
  @Override
  public String toString() {
    return task.name().toLowerCase(Locale.ROOT) + " " + Metadata.integers(widths) + ", " + activation
        + (dropout == 0 ? "" : ", dropout " + dropout);
  }
}
