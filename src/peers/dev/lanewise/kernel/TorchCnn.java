package dev.lanewise.kernel;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorVector;

/// A small convolutional network by PyTorch, with our parameters, on one thread, as its users write it: two
/// convolutions of 16 and 32 channels with rectifier and pooling, a linear layer, cross-entropy, Adam.
final class TorchCnn extends Module {

  private static final int CLASSES = 10;

  private final Conv2dImpl first;
  private final Conv2dImpl second;
  private final LinearImpl last;
  private final int features;
  private final org.bytedeco.pytorch.Tensor x;
  private final org.bytedeco.pytorch.Tensor labels;
  private final Adam adam;

  /// @param size rows, and columns, of an image
  TorchCnn(int size, double rate, Parameters theta, Tensor x, long[] labels) {
    features = 32 * (size / 4) * (size / 4);
    first = register_module("first", new Conv2dImpl(convolution(1, 16)));
    second = register_module("second", new Conv2dImpl(convolution(16, 32)));
    last = register_module("last", new LinearImpl(features, CLASSES));
    TensorVector parameters = parameters();
    Torch.set(parameters, theta);
    this.x = Torch.tensor(x);
    this.labels = org.bytedeco.pytorch.Tensor.create(labels);
    adam = new Adam(parameters, new AdamOptions(rate));
  }

  private static Conv2dOptions convolution(int in, int out) {
    Conv2dOptions options = new Conv2dOptions(in, out, new LongPointer(3, 3));
    options.padding().put(new LongPointer(1, 1));
    return options;
  }

  private org.bytedeco.pytorch.Tensor forward() {
    org.bytedeco.pytorch.Tensor pooled = max_pool2d(relu(first.forward(x)), 2, 2);
    pooled = max_pool2d(relu(second.forward(pooled)), 2, 2);
    return last.forward(pooled.reshape(x.size(0), features));
  }

  void step() {
    try (PointerScope _ = new PointerScope()) {
      adam.zero_grad();
      cross_entropy_loss(forward(), labels).backward();
      adam.step();
    }
  }

  float[] logits() {
    try (NoGradGuard _ = new NoGradGuard(); PointerScope _ = new PointerScope()) {
      return Torch.floats(forward());
    }
  }
}
