package dev.lanewise.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {

  /// Prints how many of some rooms begin at a multiple of a cache line in memory, and whether all do that should.
  static final class Addresses {

    private static final int[] SIZES = {64, 100, 65_536, 65_537, 1 << 20, 3 << 20};

    private Addresses() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      int objectAlignment = Integer.parseInt(arguments[0]);
      int aligned = 0;
      for (int size : SIZES) {
        FloatArena.Room floats = FloatArena.zeros(size);
        DoubleArena.Room doubles = DoubleArena.zeros(size);
        aligned += isAtLine(floats.array(), 4 * floats.offset(), objectAlignment)
            + isAtLine(doubles.array(), 8 * doubles.offset(), objectAlignment);
      }
      System.out.println(aligned + " of " + 2 * SIZES.length);
    }

    /// Reads an array's address where a reference to it lies.
    private static int isAtLine(Object array, long distance, int objectAlignment) throws ReflectiveOperationException {
      Object[] holder = {array};
      boolean compressed = unsafe("arrayIndexScale", Object[].class) == 4;
      long place = unsafe("arrayBaseOffset", Object[].class);
      long reference = compressed
          ? Integer.toUnsignedLong((int) unsafe("getInt", holder, place)) * objectAlignment
          : unsafe("getLong", holder, place);
      // ZGC keeps its marks below the address, one of four bits saying how far below.
      boolean isMarked = !compressed && (reference & 0xF000) != 0;
      long address = isMarked ? reference >>> Long.numberOfTrailingZeros(reference & 0xF000) + 1 : reference;
      return (address + unsafe("arrayBaseOffset", array.getClass()) + distance) % Alignment.LINE == 0 ? 1 : 0;
    }

    /// By reflection, as javac warns of each use.
    private static long unsafe(String method, Object... arguments) throws ReflectiveOperationException {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      Class<?>[] types = arguments.length == 1 ? new Class<?>[] {Class.class}
          : new Class<?>[] {Object.class, long.class};
      return ((Number) type.getMethod(method, types).invoke(field.get(null), arguments)).longValue();
    }
  }

  @ParameterizedTest
  @CsvSource({"-XX:+UseG1GC -XX:G1HeapRegionSize=1m, 8", "-XX:+UseG1GC -XX:+UseCompactObjectHeaders, 8",
      "-XX:+UseG1GC -XX:-UseCompressedOops, 8", "-XX:+UseZGC -Xmx1g, 8",
      "-XX:+UseSerialGC -XX:ObjectAlignmentInBytes=64, 64"})
  void allRoomsBeginAtALine(String options, int objectAlignment) throws Exception {
    assumeTrue(VirtualMachine.hasVectors(), "without vectors nothing is aligned");
    assertEquals("12 of 12", run(options, objectAlignment));
  }

  @Test
  void otherCollectorsTellNothing() throws Exception {
    assertFalse(Alignment.of(Map.of("UseSerialGC", "true", "ObjectAlignmentInBytes", "8")::get).isGivenTo(1L << 40));
    assertFalse(Alignment.of(name -> null).isGivenTo(1L << 40));
    assertFalse(Alignment.of(Map.of("UseG1GC", "true", "G1HeapRegionSize", "0")::get).isGivenTo(1L << 40));
  }

  @ParameterizedTest
  @CsvSource({"true, true, 12, 16, 13, 6", "false, true, 16, 16, 12, 6", "false, false, 20, 24, 11, 5"})
  void theFirstLineFollowsTheHeader(
      String compact, String compressed, int floatBase, int doubleBase, int firstFloat, int firstDouble) {
    Alignment alignment = Alignment.of(Map.of("UseG1GC", "true", "G1HeapRegionSize", "1048576",
        "UseCompactObjectHeaders", compact, "UseCompressedClassPointers", compressed)::get);
    assertEquals(new Alignment(floatBase, doubleBase, 524_289, 1_048_576), alignment);
    assertEquals(firstFloat, alignment.first(Float.BYTES));
    assertEquals(firstDouble, alignment.first(Double.BYTES));
  }

  @Test
  void roomsDoNotOverlap() {
    SplittableRandom random = new SplittableRandom(4);
    List<FloatArena.Room> rooms = new ArrayList<>();
    for (int each = 0; each < 300; each++) {
      FloatArena.Room room = FloatArena.zeros(random.nextInt(5000));
      for (int at = 0; at < room.size(); at++) {
        assertEquals(0f, room.array()[room.offset() + at]);
      }
      Arrays.fill(room.array(), room.offset(), room.offset() + room.size(), each);
      rooms.add(room);
    }
    for (int each = 0; each < rooms.size(); each++) {
      FloatArena.Room room = rooms.get(each);
      for (int at = 0; at < room.size(); at++) {
        assertEquals(each, room.array()[room.offset() + at]);
      }
    }
  }

  @Test
  void slabsTakeAPartOfTheHeap() {
    Slabs slabs = new Slabs(35, 10);
    float[][] kept = new float[3][1];
    for (float[] slab : kept) {
      assertTrue(slabs.hasRoom());
      slabs.add(slab);
    }
    assertFalse(slabs.hasRoom());
    assertEquals(3, kept.length);
    assertFalse(new Slabs(1 << 20, 0).hasRoom(), "where there is no such thing as a slab");
  }

  private static String run(String options, int objectAlignment) throws Exception {
    String classPath = List.of(Alignment.class, Addresses.class).stream().map(AlignmentTest::place)
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow", "-XX:-UsePerfData"));
    command.addAll(Arrays.asList(options.split(" ")));
    command.addAll(List.of("-cp", classPath, Addresses.class.getName(), Integer.toString(objectAlignment)));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed.strip();
  }

  private static String place(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }
}
