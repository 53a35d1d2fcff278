package dev.lanewise.kernel;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.relu;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorVector;

/// A perceptron by PyTorch, with our parameters, on one thread, as its users write it: linear layers with rectifier
/// between them, cross-entropy, or the squared error where there is one output, and SGD.
final class TorchMlp extends Module {

  private final List<LinearImpl> layers = new ArrayList<>();
  private final org.bytedeco.pytorch.Tensor x;
  private final org.bytedeco.pytorch.Tensor targets;
  private final boolean isRegression;
  private final SGD sgd;

  /// @param targets classes; numbers where there is one output
  /// @param rate of ours: the squared error, whose slope is twice that of half of it, takes half the rate
  TorchMlp(int[] widths, double rate, Parameters theta, Tensor x, Tensor targets) {
    for (int layer = 1; layer < widths.length; layer++) {
      layers.add(register_module("layer" + layer, new LinearImpl(widths[layer - 1], widths[layer])));
    }
    TensorVector parameters = parameters();
    Torch.set(parameters, theta);
    isRegression = widths[widths.length - 1] == 1;
    this.x = Torch.tensor(x);
    this.targets = isRegression ? Torch.tensor(targets) : org.bytedeco.pytorch.Tensor.create(classes(targets));
    sgd = new SGD(parameters, new SGDOptions(isRegression ? rate / 2 : rate));
  }

  private static long[] classes(Tensor targets) {
    long[] classes = new long[targets.size()];
    for (int at = 0; at < classes.length; at++) {
      classes[at] = (long) targets.get(at);
    }
    return classes;
  }

  private org.bytedeco.pytorch.Tensor forward() {
    org.bytedeco.pytorch.Tensor h = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      h = layers.get(layer).forward(h);
      h = layer == layers.size() - 1 ? h : relu(h);
    }
    return h;
  }

  void step() {
    try (PointerScope _ = new PointerScope()) {
      sgd.zero_grad();
      org.bytedeco.pytorch.Tensor outputs = forward();
      (isRegression ? mse_loss(outputs, targets) : cross_entropy_loss(outputs, targets)).backward();
      sgd.step();
    }
  }

  float[] outputs() {
    try (NoGradGuard _ = new NoGradGuard(); PointerScope _ = new PointerScope()) {
      return Torch.floats(forward());
    }
  }

  float[] parameter(int at) {
    try (PointerScope _ = new PointerScope()) {
      return Torch.floats(parameters().get(at));
    }
  }
}
