package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A network for inference without its batch normalisations: each is folded into the dense or convolution layer
/// directly before it, or else into the dense layer directly after it.
///
/// | | into the one before, of each output channel, r = 1/√(σ² + ε) | into the one after, of each input feature |
/// |---|---|---|
/// | weight | W′ = γr·W | W′ = W·diag(γr) |
/// | bias | b′ = γr·(b − μ) + β | b′ = b + W·(β − γr·μ) |
///
/// A following [Elementwise] layer is folded in too. A normalisation stays where neither neighbour can take it: where
/// the layer before it has an activation and no dense layer follows, or where the end of an inner network separates
/// them. A convolution takes none from before it: its padding is 0, which a normalisation would move. At inference the
/// folded network's values and derivatives by the input are those of the original, except for rounding; its parameters
/// differ. Jacob et al. 2018, *Quantization and training of neural networks for efficient integer-arithmetic-only
/// inference*, section 3.2.
///
/// @param network the network, layer by layer; inner networks are folded in themselves
/// @param theta its parameters
public record Folding(Sequential network, Parameters theta) {

  /// Checks that the parameters are the network's.
  ///
  /// @throws IllegalArgumentException if they are not
  public Folding {
    theta.requireOf(network, "theta");
  }

  /// {@return the folded network and parameters}
  ///
  /// @throws IllegalArgumentException if θ is not the network's, or of more than one direction
  public static Folding fold(Sequential network, Parameters theta) {
    theta.requireOf(network, "theta");
    List<Layer> layers = new ArrayList<>();
    List<Parameters> parts = new ArrayList<>();
    for (int index = 0; index < network.layers().size(); index++) {
      Layer layer = network.layers().get(index);
      Parameters own = theta.part(index);
      boolean takes = !layers.isEmpty() && isAffine(layers.getLast());
      if (layer instanceof Sequential inner) {
        Folding folded = fold(inner, own);
        layers.add(folded.network);
        parts.add(folded.theta);
      } else if (takes && layer instanceof BatchNorm norm && channels(layers.getLast()) == norm.channels()) {
        Layer before = layers.removeLast();
        layers.add(withBias(before));
        parts.add(folded(before, parts.removeLast(), norm, own));
      } else if (takes && layer instanceof Elementwise elementwise) {
        layers.add(layers.removeLast().activatedBy(elementwise.activation()).orElseThrow());
      } else if (layer instanceof Dense dense) {
        add(dense, own, layers, parts);
      } else {
        layers.add(layer);
        parts.add(own);
      }
    }
    Sequential shorter = new Sequential(layers);
    return new Folding(shorter, joined(shorter, parts, theta));
  }

  /// Adds a dense layer, which takes the normalisations before it that were not taken yet.
  private static void add(Dense dense, Parameters own, List<Layer> layers, List<Parameters> parts) {
    Dense last = dense;
    Parameters theta = own;
    while (!layers.isEmpty() && layers.getLast() instanceof BatchNorm norm && norm.channels() == dense.in()) {
      layers.removeLast();
      theta = scaled(last, theta, norm, parts.removeLast());
      last = (Dense) withBias(last);
    }
    layers.add(last);
    parts.add(theta);
  }

  /// Whether the layer is a map Wx + b of its channels.
  private static boolean isAffine(Layer layer) {
    return switch (layer) {
      case Dense dense -> dense.activation() == Activation.IDENTITY;
      case Conv2d convolution -> convolution.activation() == Activation.IDENTITY;
      case Conv1d convolution -> convolution.activation() == Activation.IDENTITY;
      default -> false;
    };
  }

  private static int channels(Layer layer) {
    return layer.parameters().entries().getFirst().shape().dim(0);
  }

  private static Layer withBias(Layer layer) {
    return switch (layer) {
      case Dense dense -> new Dense(dense.in(), dense.out(), true, dense.activation(), dense.initializer());
      case Conv2d of -> new Conv2d(of.in(), of.out(), of.window(), of.groups(), true, of.activation(),
          of.initializer());
      case Conv1d of -> new Conv1d(of.in(), of.out(), of.window(), of.groups(), true, of.activation(),
          of.initializer());
      default -> throw new IllegalStateException("Folding: " + layer + ", expected an affine layer");
    };
  }

  /// W′ and b′, computed in double and rounded once.
  private static Parameters folded(Layer before, Parameters own, BatchNorm norm, Parameters statistics) {
    Parameters folded = Parameters.zeros(withBias(before).parameters(), own.precision());
    Tensor weight = own.get(0);
    int row = weight.size() / norm.channels();
    for (int channel = 0; channel < norm.channels(); channel++) {
      double scale = scale(norm, statistics, channel);
      for (int i = channel * row; i < (channel + 1) * row; i++) {
        folded.get(0).set(i, scale * weight.get(i));
      }
      double bias = own.count() > 1 ? own.get(1).get(channel) : 0;
      folded.get(1).set(channel, scale * (bias - statistics.get(BatchNorm.MEAN).get(channel))
          + statistics.get(BatchNorm.BIAS).get(channel));
    }
    return folded;
  }

  /// W′ and b′ of a layer after a normalisation, likewise.
  private static Parameters scaled(Dense dense, Parameters own, BatchNorm norm, Parameters statistics) {
    Parameters scaled = Parameters.zeros(withBias(dense).parameters(), own.precision());
    for (int row = 0; row < dense.out(); row++) {
      double bias = own.count() > 1 ? own.get(1).get(row) : 0;
      for (int channel = 0; channel < norm.channels(); channel++) {
        double scale = scale(norm, statistics, channel);
        double weight = own.get(0).get(row, channel);
        scaled.get(0).set(row * dense.in() + channel, scale * weight);
        double mean = scale * statistics.get(BatchNorm.MEAN).get(channel);
        bias += weight * (statistics.get(BatchNorm.BIAS).get(channel) - mean);
      }
      scaled.get(1).set(row, bias);
    }
    return scaled;
  }

  /// γr.
  private static double scale(BatchNorm norm, Parameters statistics, int channel) {
    return statistics.get(BatchNorm.WEIGHT).get(channel)
        / Math.sqrt(statistics.get(BatchNorm.VARIANCE).get(channel) + norm.epsilon());
  }

  private static Parameters joined(Sequential network, List<Parameters> parts, Parameters like) {
    ParameterSpec spec = network.parameters();
    if (spec.size() == 0) {
      return like.count() == 0 ? like : Parameters.zeros(spec, like.precision());
    }
    Parameters joined = Parameters.zeros(spec, like.precision());
    int position = 0;
    for (Parameters part : parts) {
      for (int index = 0; index < part.count(); index++) {
        joined.flat().copyFrom(part.get(index), position);
        position += part.get(index).size();
      }
    }
    return joined;
  }
}
