package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.Activation;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Meant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A nonlinearity of a cell, with its parameters.
///
/// @param name in lower case
/// @param alpha as ONNX calls it
/// @param beta as ONNX calls it
/// @param clip the bound of the argument's magnitude; 0 for none
record Nonlinearity(String name, double alpha, double beta, double clip) {

  private static final Set<String> KNOWN = Set.of("relu", "tanh", "sigmoid", "softsign", "softplus", "affine",
      "leakyrelu", "thresholdedrelu", "scaledtanh", "hardsigmoid", "elu");
  private static final Set<String> OF_ALPHA =
      Set.of("affine", "leakyrelu", "thresholdedrelu", "scaledtanh", "hardsigmoid", "elu");
  private static final Set<String> OF_BETA = Set.of("affine", "scaledtanh", "hardsigmoid");
  private static final double LEAK = 0.01;

  /// {@return those of all directions, in order}
  static List<Nonlinearity> of(Call call, Cell cell, int directions) {
    double clip = call.number("clip", 0);
    if (call.hasAttribute("clip") && !(clip > 0)) {
      throw call.refusal("attribute clip is " + clip + ", expected a number above 0");
    }
    float[] alphas = call.numberList("activation_alpha");
    float[] betas = call.numberList("activation_beta");
    int usedAlphas = 0;
    int usedBetas = 0;
    List<Nonlinearity> all = new ArrayList<>();
    for (String name : names(call, cell, directions)) {
      boolean isAlpha = OF_ALPHA.contains(name) && alphas != null && usedAlphas < alphas.length;
      boolean isBeta = OF_BETA.contains(name) && betas != null && usedBetas < betas.length;
      double alpha = isAlpha ? Meant.of(alphas[usedAlphas++]) : usualAlpha(name);
      double beta = isBeta ? Meant.of(betas[usedBetas++]) : usualBeta(name);
      all.add(new Nonlinearity(name, alpha, beta, clip));
    }
    return all;
  }

  private static List<String> names(Call call, Cell cell, int directions) {
    List<String> given = call.textList("activations");
    List<String> names = new ArrayList<>();
    for (int direction = 0; direction < directions; direction++) {
      names.addAll(cell.functions());
    }
    if (given == null) {
      return names;
    }
    if (given.size() != names.size()) {
      throw call.refusal("activations are " + given + ", expected " + names.size());
    }
    for (int at = 0; at < given.size(); at++) {
      names.set(at, given.get(at).toLowerCase(Locale.ROOT));
      if (!KNOWN.contains(names.get(at))) {
        throw call.refusal("activation is " + given.get(at) + ", expected one of " + KNOWN.stream().sorted().toList()
            + " in any case");
      }
    }
    return names;
  }

  private static double usualAlpha(String name) {
    return switch (name) {
      case "leakyrelu" -> LEAK;
      case "hardsigmoid" -> 0.2;
      default -> 1;
    };
  }

  private static double usualBeta(String name) {
    return switch (name) {
      case "hardsigmoid" -> 0.5;
      case "scaledtanh" -> 1;
      default -> 0;
    };
  }

  boolean is(String other) {
    return clip == 0 && name.equals(other);
  }

  Node of(Node z) {
    Node a = clip == 0 ? z : z.clamp(-clip, clip);
    return switch (name) {
      case "relu" -> a.relu();
      case "tanh" -> a.tanh();
      case "sigmoid" -> a.sigmoid();
      case "softsign" -> a.dividedBy(a.abs().plus(1));
      case "softplus" -> a.activate(Activation.SOFTPLUS);
      case "affine" -> a.times(alpha).plus(beta);
      case "leakyrelu" -> a.select(a, a.times(alpha));
      case "thresholdedrelu" -> a.minus(alpha).select(a, a.constant(0));
      case "scaledtanh" -> a.times(beta).tanh().times(alpha);
      case "hardsigmoid" -> a.times(alpha).plus(beta).clamp(0, 1);
      case "elu" -> a.select(a, a.clamp(Double.NEGATIVE_INFINITY, 0).expm1().times(alpha));
      default -> throw new AssertionError(name);
    };
  }
}
