package dev.lanewise.onnx.writer;

import dev.lanewise.Activation;
import java.util.List;

/// Activations; those without an operator are spelled out as PyTorch's exporter does.
final class Activations {

  private static final float LEAK = 0.01f;
  private static final double ROOT_TWO = 1.4142135623730951;

  private Activations() {}

  static Written write(FileGraph file, Activation phi, Written x, String scope) {
    return x.named(switch (phi) {
      case IDENTITY -> x.name();
      case RELU -> file.node(scope, "Relu", List.of(x.name()));
      case LEAKY_RELU -> file.node(scope, "LeakyRelu", List.of(x.name()), Attribute.of("alpha", LEAK));
      case SIGMOID -> file.node(scope, "Sigmoid", List.of(x.name()));
      case TANH -> file.node(scope, "Tanh", List.of(x.name()));
      case SOFTPLUS -> file.node(scope, "Softplus", List.of(x.name()));
      case ELU -> file.node(scope, "Elu", List.of(x.name()), Attribute.of("alpha", 1f));
      case GELU -> gelu(file, x.name(), scope);
      case SILU -> file.node(scope, "Mul", List.of(x.name(), file.node(scope, "Sigmoid", List.of(x.name()))));
      case MISH -> file.node(scope, "Mul", List.of(x.name(),
          file.node(scope, "Tanh", List.of(file.node(scope, "Softplus", List.of(x.name()))))));
    });
  }

  /// x·(erf(x/√2) + 1)·½.
  private static String gelu(FileGraph file, String x, String scope) {
    String ratio = file.node(scope, "Div", List.of(x, file.number(ROOT_TWO)));
    String plusOne = file.node(scope, "Add", List.of(file.node(scope, "Erf", List.of(ratio)), file.number(1)));
    String twice = file.node(scope, "Mul", List.of(x, plusOne));
    return file.node(scope, "Mul", List.of(twice, file.number(0.5)));
  }
}
