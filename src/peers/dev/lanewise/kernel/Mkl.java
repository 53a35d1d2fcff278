package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// Intel's Math Kernel Library: what [MklGemm] and [VmlFunction] have in common.
final class Mkl {

  /// The jar has no sequential layer, but this one with its OpenMP library, so nothing need be installed. Idle threads
  /// spin for 1 ms instead of 200, or they would take the cores from the next contestant.
  static final NativeLibrary LIBRARY = NativeLibrary.open("/org/bytedeco/mkl/linux-x86_64/libiomp5.so", "libmkl_rt.so",
      "MKL_THREADING_LAYER", "INTEL", "KMP_BLOCKTIME", "1");
  private static final int VERSION_LENGTH = 200;
  private static final String KERNELS = "libmkl_vml_";

  private Mkl() {}

  static void setThreads(int threads) {
    try {
      LIBRARY.function("MKL_Set_Num_Threads", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(threads);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  static String version() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(VERSION_LENGTH);
      LIBRARY.function("MKL_Get_Version_String", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT))
          .invokeExact(text, VERSION_LENGTH - 1);
      return text.getString(0).strip();
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /// The CPU whose elementwise functions MKL has chosen, from the name of the library that their first call has loaded:
  /// the version's text only says what the CPU can do.
  static String vmlKernels() {
    try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains(KERNELS)).map(line -> line.substring(line.indexOf(KERNELS))).findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
