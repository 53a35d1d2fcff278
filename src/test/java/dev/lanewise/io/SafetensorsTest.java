package dev.lanewise.io;

import static dev.lanewise.io.PyTorchNetworksTest.NETWORKS;
import static dev.lanewise.io.PyTorchNetworksTest.dense;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What is written is what comes back, bit by bit, under the names that are asked for.
class SafetensorsTest {

  @TempDir
  Path folder;

  @Property(tries = 200)
  void roundTripKeepsEveryBit(@ForAll @Size(max = 6) @UniqueElements List<String> names, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      String text = unicode(name);
      if (!text.equals("__metadata__")) {
        tensors.put(text, anyBits(random));
      }
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    names.forEach(name -> metadata.put(unicode(name), unicode(name + "\"\\\n\u0000/é𝜃")));
    Path file = Files.createTempFile("round-trip", ".safetensors");
    try {
      Safetensors.of(tensors, metadata).write(file);
      Safetensors back = Safetensors.read(file);
      assertEquals(List.copyOf(tensors.keySet()), List.copyOf(back.tensors().keySet()));
      tensors.forEach((name, tensor) -> assertSameBits(tensor, back.get(name)));
      assertEquals(List.copyOf(metadata.entrySet()), List.copyOf(back.metadata().entrySet()));
    } finally {
      Files.delete(file);
    }
  }

  /// Raw bits: NaNs with payloads, signalling ones too, infinities, −0, subnormals. Some are views with an offset.
  private static Tensor anyBits(Random random) {
    int[] dims = new int[random.nextInt(4)];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = random.nextInt(6);
    }
    Shape shape = Shape.of(dims);
    int offset = random.nextInt(3);
    if (random.nextBoolean()) {
      int[] special = {0x80000000, 0x7f800000, 0xff800000, 0x7fa00001, 0xffc12345, 1};
      float[] floats = new float[offset + shape.size() + 1];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = Float.intBitsToFloat(random.nextBoolean() ? special[random.nextInt(6)] : random.nextInt());
      }
      return Tensor.view(floats, offset, shape);
    }
    long[] special = {1L << 63, 0x7ffL << 52, 0xfffL << 52, 0x7ff4000000000001L, 0xfff8123456789abcL, 1};
    double[] doubles = new double[offset + shape.size() + 1];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = Double.longBitsToDouble(random.nextBoolean() ? special[random.nextInt(6)] : random.nextLong());
    }
    return Tensor.view(doubles, offset, shape);
  }

  private static String unicode(String any) {
    return new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void assertSameBits(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertEquals(expected.precision(), actual.precision());
    for (int i = 0; i < expected.size(); i++) {
      if (expected.precision() == Precision.FLOAT) {
        assertEquals(Float.floatToRawIntBits(expected.floats()[expected.offset() + i]),
            Float.floatToRawIntBits(actual.floats()[actual.offset() + i]));
      } else {
        assertEquals(Double.doubleToRawLongBits(expected.doubles()[expected.offset() + i]),
            Double.doubleToRawLongBits(actual.doubles()[actual.offset() + i]));
      }
    }
  }

  @Test
  void largerThanOneBuffer() throws IOException {
    Tensor floats = Tensor.zeros(Precision.FLOAT, 3, 12347);
    Tensor doubles = Tensor.zeros(Precision.DOUBLE, 40001);
    for (int i = 0; i < floats.size(); i++) {
      floats.set(i, i);
    }
    for (int i = 0; i < doubles.size(); i++) {
      doubles.set(i, -i);
    }
    Path file = folder.resolve("large.safetensors");
    Safetensors.of(Map.of("f", floats, "d", doubles), Map.of()).write(file);
    assertSameBits(floats, Safetensors.read(file).get("f"));
    assertSameBits(doubles, Safetensors.read(file).get("d"));
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    Path file = folder.resolve("small.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(new float[] {1}, 1));
    tensors.put("b", Tensor.of(new double[] {-2, 0.5}, 2, 1));
    Safetensors.of(tensors, Map.of("k", "v")).write(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong(0));
    assertEquals("{\"__metadata__\":{\"k\":\"v\"},"
        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]},"
        + "\"b\":{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[0,16]}}",
        new String(bytes.array(), 8, header).strip());
    assertEquals(0, header % 8);
    assertEquals(-2, bytes.getDouble(8 + header));
    assertEquals(0.5, bytes.getDouble(8 + header + 8));
    assertEquals(1, bytes.getFloat(8 + header + 16));
    assertEquals(8 + header + 20, bytes.capacity());
  }

  @Test
  void parametersGoThereAndBack() throws IOException {
    ParameterSpec spec =
        ParameterSpec.join(List.of(dense(2, 3), ParameterSpec.none(), ParameterSpec.join(List.of(dense(3, 2, 4)))));
    Parameters theta = Parameters.zeros(spec, Precision.DOUBLE);
    for (int i = 0; i < theta.flat().size(); i++) {
      theta.flat().set(i, i + 0.1);
    }
    Path file = folder.resolve("theta.safetensors");
    Safetensors.of(theta, Map.of("note", "ok")).write(file);
    assertArrayEquals(theta.flat().toDoubles(),
        Safetensors.read(file).parameters(spec, Precision.DOUBLE).flat().toDoubles());
    assertArrayEquals(theta.to(Precision.FLOAT).flat().toDoubles(),
        Safetensors.read(file).parameters(spec, Precision.FLOAT).flat().toDoubles());
  }

  @Test
  void otherNamesByFunctionAndByPrefix() {
    Parameters theta = Parameters.zeros(dense(2, 2, 2), Precision.FLOAT);
    theta.get("1.bias").set(0, 7);
    Safetensors file = Safetensors.of(theta, name -> "model." + name.replace("1.", "2."), Map.of());
    assertEquals(List.of("model.0.0.weight", "model.0.0.bias", "model.0.2.weight", "model.0.2.bias"),
        List.copyOf(Safetensors.of(theta, name -> "model.0." + name.replace("1.", "2."), Map.of()).tensors().keySet()));
    assertEquals(7, file.under("model.").parameters(dense(2, 2, 2), Precision.FLOAT).get("1.bias").get(0));
    assertEquals(7, file.parameters(dense(2, 2, 2), Precision.FLOAT, name -> "model." + name.replace("1.", "2."))
        .get("1.bias").get(0));
    assertRefused("Safetensors: two parameters become one, expected a name for each",
        () -> Safetensors.of(theta, _ -> "one", Map.of()));
  }

  @Test
  void aFileThatDoesNotFitTheNetworkIsRefused() throws IOException {
    Safetensors file = Safetensors.read(NETWORKS.resolve("digits-mlp.safetensors"));
    String source = NETWORKS.resolve("digits-mlp.safetensors").toString();
    assertRefused(source + ": tensor 2.weight is [16, 32], expected [10, 32] for parameter 1.weight",
        () -> file.parameters(dense(64, 32, 10, 10), Precision.FLOAT));
    assertRefused(source + ": tensors [4.bias, 4.weight] belong to no parameter\n  wanted             in the file\n"
        + "  –                  4.bias [10]\n  –                  4.weight [10, 16]\n"
        + "  0.weight [32, 64]  0.weight [32, 64]\n",
        () -> file.parameters(dense(64, 32, 16), Precision.FLOAT));
    assertRefused(source + ": no tensor for parameter 3.weight\n  wanted             in the file\n"
        + "  3.weight [4, 10]   standardize.mean [64]\n  3.bias [4]         standardize.sd [64]\n"
        + "  0.weight [32, 64]  0.weight [32, 64]\n  0.bias [32]        0.bias [32]\n"
        + "  1.weight [16, 32]  2.weight [16, 32]\n",
        () -> file.parameters(dense(64, 32, 16, 10, 4), Precision.FLOAT));
    assertRefused(source + ": no tensor 1.weight, expected one of [0.weight, 0.bias, 2.weight, ",
        () -> file.get("1.weight"));
  }

  @Test
  void aRefusalSaysWhereToLook() {
    Tensor weight = Tensor.zeros(Precision.FLOAT, 2, 2);
    Tensor bias = Tensor.zeros(Precision.FLOAT, 2);
    ParameterSpec spec = dense(2, 2, 2);
    assertRefused("no tensor for parameter 0.weight, but model.net.0.weight: take under(\"model.net.\")",
        () -> Safetensors.of(Map.of("model.net.0.weight", weight, "model.net.0.bias", bias,
            "model.net.3.weight", weight,
            "model.net.3.bias", bias), Map.of()).parameters(spec, Precision.FLOAT));
    assertRefused("no tensor for parameter 0.weight; of a file with kernels take from(Framework.FLAX) or ",
        () -> Safetensors.of(Map.of("dense/kernel:0", weight), Map.of()).parameters(spec, Precision.FLOAT));
    Map<String, Tensor> many = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("layer" + i, bias);
    }
    assertRefused("0.weight [2, 2]  layer0 [2]\n  0.bias [2]       layer1 [2]\n  1.weight [2, 2]  layer2 [2]\n"
        + "  1.bias [2]       layer3 [2]\n  –                layer4 [2]\n",
        () -> Safetensors.of(many, Map.of()).parameters(spec, Precision.FLOAT));
    assertRefused("layer11 [2]\n  … 8 more", () -> Safetensors.of(many, Map.of()).parameters(spec, Precision.FLOAT));
  }

  @Test
  void unfitTensorsAndTextsAreRefused() {
    assertRefused("Safetensors: x is none, expected a tensor",
        () -> Safetensors.of(Map.of("x", Tensor.none()), Map.of()));
    assertRefused("Safetensors: __metadata__ is FLOAT [1, 1] [0.0], expected a tensor under a name of its own",
        () -> Safetensors.of(Map.of("__metadata__", Tensor.row(0f)), Map.of()));
    assertRefused("lone surrogate", () -> Safetensors.of(Map.of("\ud800", Tensor.row(0f)), Map.of()));
    assertRefused("lone surrogate", () -> Safetensors.of(Map.of(), Map.of("k", "\udc00\ud800")));
  }

  private static void assertRefused(String begin, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(begin), message);
  }

  @Test
  void viewsCannotBeChanged() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Map.of("a", Tensor.row(1f)));
    Safetensors file = Safetensors.of(tensors, Map.of("k", "v"));
    tensors.clear();
    assertEquals(1, file.tensors().size());
    assertThrows(UnsupportedOperationException.class, () -> file.tensors().clear());
    assertThrows(UnsupportedOperationException.class, () -> file.metadata().clear());
  }

  @Test
  void writingReplacesInOneStepAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("net.safetensors");
    Safetensors.of(Map.of("a", Tensor.row(1f)), Map.of()).write(file);
    try (var reader = Files.newInputStream(file)) {
      byte[] old = Files.readAllBytes(file);
      Safetensors.of(Map.of("b", Tensor.row(1f, 2f)), Map.of()).write(file);
      assertArrayEquals(old, reader.readAllBytes(), "the old file was written into, not replaced");
    }
    assertEquals(List.of("b"), List.copyOf(Safetensors.read(file).tensors().keySet()));
    assertEquals(List.of(file), files());
  }

  @Test
  void writingThatFailsLeavesEverythingAsItWas() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("net.safetensors"));
    Path file = Files.createFile(inTheWay.resolve("file"));
    assertThrows(IOException.class, () -> Safetensors.of(Map.of("b", Tensor.row(2f)), Map.of()).write(inTheWay));
    assertEquals(List.of(inTheWay), files());
    assertTrue(Files.exists(file));
  }

  @Test
  void writingThroughALinkKeepsTheLink() throws IOException {
    Path file = folder.resolve("net.safetensors");
    Path link = folder.resolve("latest.safetensors");
    Safetensors.of(Map.of("a", Tensor.row(1f)), Map.of()).write(file);
    Files.createSymbolicLink(link, file);
    Safetensors.of(Map.of("b", Tensor.row(2f)), Map.of()).write(link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(List.of("b"), List.copyOf(Safetensors.read(file).tensors().keySet()));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
