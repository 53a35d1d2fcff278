package dev.lanewise.onnx.writer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.Protos;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/// Files computed by ONNX Runtime, on one thread.
public final class OtherRuntime {

  private static boolean said;

  private OtherRuntime() {}

  /// Whether its native library is there for this machine; says so once where it is not.
  public static synchronized boolean loads() {
    try {
      OrtEnvironment.getEnvironment();
      return true;
    } catch (LinkageError | RuntimeException e) {
      if (!said) {
        System.out.println("ONNX Runtime does not load, files are not compared with it: " + e);
        said = true;
      }
      return false;
    }
  }

  /// y of a model of one input and one output.
  public static Tensor run(ModelProto model, Tensor x) throws IOException {
    return run(Protos.bytes(model), x);
  }

  /// y of a file of one input and one output.
  public static Tensor run(byte[] model, Tensor x) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      long[] shape = Arrays.stream(x.shape().toArray()).asLongStream().toArray();
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor input = input(environment, session, x, shape);
          OrtSession.Result result = session.run(Map.of(session.getInputNames().iterator().next(), input))) {
        OnnxTensor y = (OnnxTensor) result.get(0);
        Shape made = Shape.of(Arrays.stream(y.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
        Tensor copy = Tensor.zeros(x.precision(), made);
        if (x.precision() == Precision.FLOAT) {
          y.getFloatBuffer().get(copy.floats(), copy.offset(), copy.size());
        } else {
          y.getDoubleBuffer().get(copy.doubles(), copy.offset(), copy.size());
        }
        return copy;
      }
    } catch (OrtException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static OnnxTensor input(OrtEnvironment environment, OrtSession session, Tensor x, long[] shape)
      throws OrtException {
    TensorInfo info = (TensorInfo) session.getInputInfo().values().iterator().next().getInfo();
    if (info.type == OnnxJavaType.INT64) {
      long[] longs = Arrays.stream(x.toDoubles()).mapToLong(number -> (long) number).toArray();
      return OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), shape);
    }
    return x.precision() == Precision.FLOAT
        ? OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.floats(), x.offset(), x.size()), shape)
        : OnnxTensor.createTensor(environment, DoubleBuffer.wrap(x.doubles(), x.offset(), x.size()), shape);
  }
}
