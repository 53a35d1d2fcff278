package dev.lanewise.onnx;

import ai.onnxruntime.OrtException;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A new process that reads an ONNX file and computes one result, by this library or by ONNX Runtime, and ends. The JVM
/// has loaded nothing before that.
final class FirstResult {

  private FirstResult() {}

  /// @param arguments `ours` or `native`; the file; the dims of a sample, and the number of outputs
  public static void main(String[] arguments) throws IOException, OrtException {
    Path file = Path.of(arguments[1]);
    int[] dims = new int[arguments.length - 3];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = Integer.parseInt(arguments[2 + axis]);
    }
    double first = arguments[0].equals("ours") ? ours(file)
        : byRuntime(file, dims, Integer.parseInt(arguments[arguments.length - 1]));
    System.out.println(first);
  }

  private static double ours(Path file) throws IOException {
    Network net = Onnx.read(file);
    return net.forward(NativeRuntime.sample(net.inputShape())).get(0);
  }

  private static double byRuntime(Path file, int[] dims, int outputs) throws IOException, OrtException {
    Tensor x = NativeRuntime.sample(Shape.of(dims));
    try (NativeRuntime runtime = new NativeRuntime(Files.readAllBytes(file), x, outputs)) {
      return runtime.run()[0];
    }
  }
}
