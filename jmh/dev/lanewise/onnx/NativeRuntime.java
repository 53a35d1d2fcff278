package dev.lanewise.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/// ONNX Runtime through its Java binding, on one thread, with its input in reused direct memory.
final class NativeRuntime implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final FloatBuffer input;
  private final OnnxTensor tensor;
  private final Map<String, OnnxTensor> inputs;
  private final float[] output;

  /// @param x the shape and the numbers of the input
  /// @param outputs the number of outputs
  NativeRuntime(byte[] model, Tensor x, int outputs) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(model, options);
    }
    input = ByteBuffer.allocateDirect(x.size() * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    long[] shape = new long[x.shape().rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = x.shape().dim(axis);
    }
    set(x);
    tensor = OnnxTensor.createTensor(environment, input, shape);
    inputs = Map.of(session.getInputNames().iterator().next(), tensor);
    output = new float[outputs];
  }

  void set(Tensor x) {
    float[] numbers = new float[x.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) x.get(i);
    }
    input.put(0, numbers);
  }

  /// The network's outputs, in reused memory.
  float[] run() {
    try (OrtSession.Result result = session.run(inputs)) { // which closes its tensors
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(output);
      return output;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tensor.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A sample as the benchmarks' networks get it.
  static Tensor sample(Shape sample) {
    Tensor x = Tensor.zeros(Precision.FLOAT, sample.prepend(1));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, Math.sin(1 + 3 * i));
    }
    return x;
  }
}
