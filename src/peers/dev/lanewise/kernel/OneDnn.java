package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Intel's oneDNN through its C functions: an engine and a stream on this thread's core, and the parts of a
/// convolution. Numbers are the constants of `dnnl_types.h`.
final class OneDnn {

  static final int INFERENCE = 96;
  private static final int ANY = 1;
  private static final int FLOAT = 3;
  private static final int CPU = 1;
  private static final int RELU = 32;
  /// dnnl_a, dnnl_abcd, dnnl_abcde: axes in order, by their number.
  private static final int[] IN_ORDER = {0, 2, 0, 0, 5, 6};
  private static final int MOST_DIMS = 12;
  private static final int CACHE_LINE = 64;

  private static final NativeLibrary LIBRARY =
      NativeLibrary.open("/org/bytedeco/dnnl/linux-x86_64/libgomp.so.1", "libdnnl.so", "OMP_NUM_THREADS", "1");
  private static final MethodHandle EXECUTE = function("dnnl_primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
  private static final Arena ARENA = Arena.global();
  private static final MemorySegment ENGINE = made("dnnl_engine_create", CPU, 0L);
  private static final MemorySegment STREAM = made("dnnl_stream_create", ENGINE, 1);

  private OneDnn() {}

  private static MethodHandle function(String name, MemoryLayout... arguments) {
    return LIBRARY.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Integer _ -> JAVA_INT;
      case Long _ -> JAVA_LONG;
      case Float _ -> JAVA_FLOAT;
      default -> ADDRESS;
    };
  }

  /// Calls a function whose result is a status.
  static void call(String name, Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      layouts[i] = layout(arguments[i]);
    }
    try {
      int status = (int) function(name, layouts).invokeWithArguments(arguments);
      if (status != 0) {
        throw new IllegalStateException("oneDNN: " + name + " returned " + status);
      }
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /// The object that a function makes and stores where its first argument points.
  static MemorySegment made(String name, Object... arguments) {
    MemorySegment place = ARENA.allocate(ADDRESS);
    Object[] all = new Object[arguments.length + 1];
    all[0] = place;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    call(name, all);
    return place.get(ADDRESS, 0);
  }

  static MemorySegment engine() {
    return ENGINE;
  }

  static MemorySegment dims(long... values) {
    MemorySegment dims = ARENA.allocate(JAVA_LONG, MOST_DIMS);
    MemorySegment.copy(values, 0, dims, JAVA_LONG, 0, values.length);
    return dims;
  }

  /// The description of floats with these axes: in order, or in the layout that the library prefers.
  static MemorySegment floats(boolean inOrder, long... dims) {
    return made("dnnl_memory_desc_create_with_tag", dims.length, dims(dims), FLOAT,
        inOrder ? IN_ORDER[dims.length] : ANY);
  }

  /// Attributes of a convolution whose output is rectified, or not.
  static MemorySegment attributes(boolean rectified) {
    MemorySegment attributes = made("dnnl_primitive_attr_create");
    if (rectified) {
      MemorySegment after = made("dnnl_post_ops_create");
      call("dnnl_post_ops_append_eltwise", after, RELU, 0f, 0f);
      call("dnnl_primitive_attr_set_post_ops", attributes, after);
    }
    return attributes;
  }

  /// The description of argument `query` of a primitive.
  @SuppressWarnings("restricted")
  static MemorySegment query(MemorySegment primitive, int query) {
    try {
      return (MemorySegment) LIBRARY.function("dnnl_primitive_desc_query_md",
          FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT))
          .invokeExact(primitive, query, 0);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  /// Memory of a description over numbers at `place`.
  static MemorySegment memory(MemorySegment description, MemorySegment place) {
    return made("dnnl_memory_create", description, ENGINE, place);
  }

  /// Memory that is never freed: only the library knows that it is in use.
  static MemorySegment room(long bytes) {
    return ARENA.allocate(bytes, CACHE_LINE);
  }

  static long size(MemorySegment description) {
    try {
      return (long) LIBRARY.function("dnnl_memory_desc_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS))
          .invokeExact(description);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  static void reorder(MemorySegment from, MemorySegment source, MemorySegment to, MemorySegment target) {
    MemorySegment description = made("dnnl_reorder_primitive_desc_create", from, ENGINE, to, ENGINE,
        MemorySegment.NULL);
    MemorySegment primitive = made("dnnl_primitive_create", description);
    execute(primitive, arguments(1, memory(from, source), 17, memory(to, target)), 2);
  }

  /// Numbers of arguments, each with its memory.
  static MemorySegment arguments(Object... pairs) {
    MemorySegment arguments = ARENA.allocate(8L * pairs.length, 8);
    for (int pair = 0; pair < pairs.length / 2; pair++) {
      arguments.set(JAVA_INT, 16L * pair, (int) pairs[2 * pair]);
      arguments.set(ADDRESS, 16L * pair + 8, (MemorySegment) pairs[2 * pair + 1]);
    }
    return arguments;
  }

  /// With one thread a primitive is done when this returns.
  static void execute(MemorySegment primitive, MemorySegment arguments, int count) {
    try {
      int status = (int) EXECUTE.invokeExact(primitive, STREAM, count, arguments);
      if (status != 0) {
        throw new IllegalStateException("oneDNN: dnnl_primitive_execute returned " + status);
      }
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }

  @SuppressWarnings("restricted")
  static String version() {
    try {
      MemorySegment version = ((MemorySegment) LIBRARY.function("dnnl_version", FunctionDescriptor.of(ADDRESS))
          .invokeExact())
          .reinterpret(12);
      return "oneDNN " + version.getAtIndex(JAVA_INT, 0) + "." + version.getAtIndex(JAVA_INT, 1) + "."
          + version.getAtIndex(JAVA_INT, 2);
    } catch (Throwable e) {
      throw NativeLibrary.failed(e);
    }
  }
}
