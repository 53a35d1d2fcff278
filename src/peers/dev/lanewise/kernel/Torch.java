package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.bytedeco.pytorch.global.torch.get_parallel_info;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.show_config;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedModes;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorVector;

/// What PyTorch's networks share: the library's threads, and numbers to and from it.
final class Torch {

  private static final Pattern BLAS = Pattern.compile("BLAS_INFO=\\w+");
  private static final int CONFIGURATION_LENGTH = 400;
  private static final Linker LINKER = Linker.nativeLinker();

  /// The symbols of the libraries that JavaCPP loads for PyTorch.
  private static final SymbolLookup SYMBOLS = SymbolLookup.loaderLookup();

  private Torch() {}

  /// Makes PyTorch work on one thread, and returns nothing; or returns the reason why it cannot be loaded, as on
  /// systems other than Linux on x86-64.
  static Optional<String> lacking() {
    try {
      set_num_threads(1);
      SYMBOLS.find("openblas_set_num_threads").ifPresent(Torch::callWithOne);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName()));
    }
  }

  /// PyTorch's threads and the BLAS it was built for; if that is OpenBLAS, also its configuration.
  static String description() {
    String threads = get_parallel_info().getString().lines().limit(12).map(String::strip).reduce((a, b) -> a + ", " + b)
        .orElse("");
    Matcher blas = BLAS.matcher(show_config().getString());
    return threads + (blas.find() ? ", " + blas.group() : "") + openBlas().map(config -> ", " + config).orElse("");
  }

  /// Calls a function of OpenBLAS, which has its own threads, unknown to PyTorch.
  @SuppressWarnings("restricted")
  private static void callWithOne(MemorySegment function) {
    try {
      LINKER.downcallHandle(function, FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(1);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  @SuppressWarnings("restricted")
  private static Optional<String> openBlas() {
    return SYMBOLS.find("openblas_get_config").map(function -> {
      try {
        MemorySegment text = (MemorySegment) LINKER.downcallHandle(function, FunctionDescriptor.of(ADDRESS))
            .invokeExact();
        int threads = (int) LINKER.downcallHandle(
            SYMBOLS.findOrThrow("openblas_get_num_threads"), FunctionDescriptor.of(JAVA_INT)).invokeExact();
        return text.reinterpret(CONFIGURATION_LENGTH).getString(0).strip() + ", threads " + threads;
      } catch (Throwable e) {
        throw NativeLibrary.failed(e);
      }
    });
  }

  static org.bytedeco.pytorch.Tensor tensor(Tensor values) {
    int[] dims = values.shape().toArray();
    long[] sizes = new long[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      sizes[axis] = dims[axis];
    }
    return org.bytedeco.pytorch.Tensor.create(floats(values), sizes);
  }

  private static float[] floats(Tensor values) {
    float[] numbers = new float[values.size()];
    System.arraycopy(values.floats(), values.offset(), numbers, 0, numbers.length);
    return numbers;
  }

  /// Gives a network our parameters.
  static void set(TensorVector parameters, Parameters theta) {
    try (NoGradGuard _ = new NoGradGuard()) {
      for (int at = 0; at < theta.count(); at++) {
        parameters.get(at).copy_(tensor(theta.get(at)));
      }
    }
  }

  static float[] floats(org.bytedeco.pytorch.Tensor tensor) {
    float[] numbers = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(numbers);
    return numbers;
  }

  /// Refuses numbers that differ from ours by more than rounding.
  static void check(String what, Tensor ours, float[] theirs) {
    PreparedModes.requireClose(ours, Tensor.row(theirs), 1e-4, "torch: " + what);
  }
}
