package dev.lanewise.kernel;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/// An LSTM by PyTorch, with our parameters, on one thread, as its users write it.
final class TorchLstm {

  private final LSTMImpl lstm;
  private final org.bytedeco.pytorch.Tensor x;
  private final org.bytedeco.pytorch.Tensor u;

  TorchLstm(int in, int hidden, Parameters theta, Tensor x, Tensor u) {
    LSTMOptions options = new LSTMOptions(in, hidden);
    options.batch_first().put(true);
    lstm = new LSTMImpl(options);
    Torch.set(lstm.parameters(), theta);
    this.x = Torch.tensor(x);
    this.u = Torch.tensor(u);
  }

  /// The value alone, with nothing kept.
  void value() {
    try (NoGradGuard _ = new NoGradGuard(); PointerScope _ = new PointerScope()) {
      lstm.forward(x).get0();
    }
  }

  /// Value and gradient by the parameters.
  void gradient() {
    try (PointerScope _ = new PointerScope()) {
      lstm.zero_grad(true);
      lstm.forward(x).get0().backward(u, new BoolOptional(false), false, new TensorArrayRefOptional());
    }
  }

  float[] output() {
    try (NoGradGuard _ = new NoGradGuard(); PointerScope _ = new PointerScope()) {
      return Torch.floats(lstm.forward(x).get0());
    }
  }

  /// By parameter `at`, as the last [#gradient] left it.
  float[] gradient(int at) {
    try (PointerScope _ = new PointerScope()) {
      return Torch.floats(lstm.parameters().get(at).grad());
    }
  }
}
