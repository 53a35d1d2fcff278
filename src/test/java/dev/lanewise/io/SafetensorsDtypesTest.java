package dev.lanewise.io;

import static dev.lanewise.io.HandMade.entry;
import static dev.lanewise.io.PyTorchNetworksTest.dense;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Initializer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files as people have them: 16-bit numbers are widened, what no tensor holds is in nobody's way until it is asked
/// for.
class SafetensorsDtypesTest {

  private static final byte[] ALL_16_BITS = all16Bits();

  @TempDir
  Path folder;

  private static byte[] all16Bits() {
    ByteBuffer bytes = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits = 0; bits < 1 << 16; bits++) {
      bytes.putShort((short) bits);
    }
    return bytes.array();
  }

  /// By the formats' definition: sign, exponent, fraction.
  @ParameterizedTest
  @CsvSource({"F16, 10, 15", "BF16, 7, 127"})
  void every16BitNumberIsWidenedExactly(String dtype, int fractionBits, int bias) throws IOException {
    byte[] file = HandMade.file("{" + entry("a", dtype, "[256,256]", 0, 2 << 16) + "}", ALL_16_BITS);
    Tensor tensor = Safetensors.read(ByteBuffer.wrap(file)).get("a");
    assertEquals(Precision.FLOAT, tensor.precision());
    assertEquals(Shape.of(256, 256), tensor.shape());
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = (bits & 0x7fff) >> fractionBits;
      int fraction = bits & (1 << fractionBits) - 1;
      double magnitude = exponent == 2 * bias + 1 ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
          : exponent == 0 ? Math.scalb((double) fraction, 1 - bias - fractionBits)
          : Math.scalb((double) fraction + (1 << fractionBits), exponent - bias - fractionBits);
      double expected = (bits & 0x8000) == 0 ? magnitude : -magnitude;
      assertEquals(expected, tensor.get(bits), () -> dtype); // Also tells −0 from 0.
    }
  }

  @Test
  void parametersOf16BitsComeInThePrecisionAskedFor() throws IOException {
    byte[] data = {0, 0x3c, 0, (byte) 0xc0, (byte) 0x80, 0x3f}; // 1 and −2 in F16, 1 in BF16
    Safetensors file = Safetensors.read(ByteBuffer.wrap(HandMade.file(
        "{" + entry("0.weight", "F16", "[1,2]", 0, 4) + "," + entry("0.bias", "BF16", "[1]", 4, 6) + "}", data)));
    for (Precision precision : Precision.values()) {
      assertArrayEquals(new double[] {1, -2, 1}, file.parameters(dense(2, 1), precision).flat().toDoubles());
    }
  }

  @ParameterizedTest
  @CsvSource({"I64, 8", "U64, 8", "C64, 8", "I32, 4", "U32, 4", "I16, 2", "U16, 2", "I8, 1", "U8, 1", "BOOL, 1",
      "F8_E5M2, 1", "F8_E4M3, 1", "F8_E8M0, 1", "SOMETHING_NEW, 3"})
  void whatNoTensorHoldsIsPassedOverAndNamed(String dtype, int bytes) throws IOException {
    byte[] data = new byte[bytes + 4];
    data[bytes + 3] = 0x40; // 2 in F32
    Safetensors file = read(HandMade.file(
        "{" + entry("m.n", dtype, "[1]", 0, bytes) + "," + entry("m.a", "F32", "[1]", bytes, bytes + 4) + "}", data));
    assertEquals(2, file.get("m.a").get(0));
    assertEquals(List.of("m.a"), List.copyOf(file.tensors().keySet()));
    assertEquals(Map.of("m.n", dtype + " [1], expected F64, F32, F16 or BF16"), file.skipped());
    assertRefused("tensor m.n is " + dtype + " [1], expected F64, F32, F16 or BF16", () -> file.get("m.n"));
    assertRefused("tensor n is " + dtype + " [1], expected F64", () -> file.under("m.").get("n"));
    assertEquals(Map.of(), file.under("other.").skipped());
    assertTrue(file.toString().contains("m.n skipped: " + dtype), file.toString());
  }

  @Test
  void aPartOfTheFileIsReadAlone() throws IOException {
    byte[] data = new byte[16];
    data[3] = 0x40;
    data[15] = 0x40;
    Path path = Files.write(folder.resolve("part"), HandMade.file("{" + entry("a.x", "F32", "[1]", 0, 4) + ","
        + entry("b.n", "I32", "[1]", 4, 8) + "," + entry("b.x", "F64", "[1]", 8, 16) + "}", data));
    Safetensors a = Safetensors.read(path, name -> name.startsWith("a."));
    assertEquals(List.of("a.x"), List.copyOf(a.tensors().keySet()));
    assertEquals(2, a.get("a.x").get(0));
    assertEquals(Map.of(), a.skipped());
    assertEquals(2, Safetensors.read(path, "b.x"::equals).get("b.x").get(0));
  }

  /// 17 GB that no array holds, of which nothing but the header is on disk.
  @Test
  void aTensorLongerThanAnArrayIsPassedOverAndNamed() throws IOException {
    byte[] begin = HandMade.file("{" + entry("large", "F32", "[65536,65536]", 0, 1L << 34) + ","
        + entry("small", "F32", "[1]", 1L << 34, (1L << 34) + 4) + "}");
    Path path = folder.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(begin);
      file.setLength(begin.length + (1L << 34) + 4);
    }
    Safetensors file = Safetensors.read(path);
    assertEquals(0, file.get("small").get(0));
    assertRefused("tensor large is F32 [65536, 65536], expected at most 2147483639 elements", () -> file.get("large"));
    Files.delete(path);
  }

  @Test
  void whatWasPassedOverIsNotLostByWriting() throws IOException {
    Path path = Files.write(folder.resolve("file"), HandMade.file("{" + entry("n", "I64", "[1]", 0, 8) + ","
        + entry("x", "F32", "[0]", 8, 8) + "}", new byte[8]));
    byte[] before = Files.readAllBytes(path);
    Safetensors file = Safetensors.read(path);
    String message = assertThrows(IllegalStateException.class, () -> file.write(path)).getMessage();
    assertTrue(message.contains("tensors [n] were skipped and would be lost"), message);
    assertArrayEquals(before, Files.readAllBytes(path));
    Safetensors.of(file.tensors(), file.metadata()).write(path);
    assertEquals(List.of("x"), List.copyOf(Safetensors.read(path).tensors().keySet()));
  }

  /// Batch normalization as PyTorch saves it: what it has learned about its inputs is part of what it computes.
  @Test
  void buffersBesideTheWeightsAreNamed() throws IOException {
    String header = "{" + entry("norm.weight", "F32", "[1]", 0, 4) + "," + entry("norm.bias", "F32", "[1]", 4, 8) + ","
        + entry("norm.running_mean", "F32", "[1]", 8, 12) + ","
        + entry("norm.num_batches_tracked", "I64", "[]", 12, 20) + ","
        + entry("standardize.mean", "F32", "[0]", 20, 20) + "}";
    Safetensors file = read(HandMade.file(header, new byte[20]));
    ParameterSpec beside = spec("norm.weight", "norm.bias");
    assertRefused("tensors [norm.running_mean] belong to no parameter", () -> file.parameters(beside, Precision.FLOAT));
    assertRefused("tensors [running_mean] belong to no parameter",
        () -> file.under("norm.").parameters(spec("weight", "bias"), Precision.FLOAT));
    ParameterSpec all = spec("norm.weight", "norm.bias", "norm.running_mean", "norm.num_batches_tracked");
    assertRefused("tensor norm.num_batches_tracked is I64 [], expected F64",
        () -> file.parameters(all, Precision.FLOAT));
    // Whoever names each tensor leaves out what he will.
    assertEquals(2, file.parameters(beside, Precision.FLOAT, name -> name).count());
    Safetensors numbered = read(HandMade.file(header.replace("norm.", "1."), new byte[20]));
    assertRefused("tensors [1.running_mean] belong to no parameter",
        () -> numbered.parameters(spec("0.weight", "0.bias"), Precision.FLOAT));
  }

  /// A mask beside a weight is in nobody's way; one that stands where a layer would is part of what the file computes,
  /// and so is a weight of a type that is not read.
  @Test
  void integersBesideTheWeightsArePassedOver() throws IOException {
    String mask = "," + entry("0.mask", "BOOL", "[1]", 4, 5);
    String header = "{" + entry("0.weight", "F32", "[1]", 0, 4);
    assertEquals(1, read(HandMade.file(header + mask + "}", new byte[5])).parameters(spec("0.weight"), Precision.FLOAT)
        .count());
    Safetensors permuted = read(HandMade.file(header + mask.replace("0.mask", "1.order") + "}", new byte[5]));
    assertRefused("tensors [1.order] belong to no parameter",
        () -> permuted.parameters(spec("0.weight"), Precision.FLOAT));
    Safetensors scaled = read(HandMade.file(header + mask.replace("BOOL", "F8_E4M3") + "}", new byte[5]));
    assertRefused("tensors [0.mask] belong to no parameter",
        () -> scaled.parameters(spec("0.weight"), Precision.FLOAT));
  }

  private static ParameterSpec spec(String... names) {
    ParameterSpec.Entry[] entries = new ParameterSpec.Entry[names.length];
    for (int i = 0; i < names.length; i++) {
      entries[i] = new ParameterSpec.Entry(names[i], Shape.of(1), Initializer.zeros());
    }
    return ParameterSpec.of(entries);
  }

  /// A square kernel fits either way: only whoever has the file can say which it is.
  @Test
  void kernelsOfInByOutAreTransposedWhereThatIsSaid() {
    Tensor kernel = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Tensor square = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    Tensor bias = Tensor.of(new float[2], 2);
    Safetensors keras = Safetensors.of(Map.of("0.kernel", kernel, "0.bias", bias, "1.kernel", square, "1.bias", bias,
        "image", Tensor.zeros(Precision.FLOAT, 1, 2, 3), "scalar", Tensor.zeros(Precision.FLOAT),
        "empty", Tensor.zeros(Precision.FLOAT, 0, 3)), Map.of());
    Safetensors turned = keras.transposed(name -> !name.equals("image"));
    assertArrayEquals(new double[] {1, 3, 5, 2, 4, 6, 0, 0, 1, 3, 2, 4, 0, 0}, turned
        .parameters(dense(3, 2, 2), Precision.DOUBLE, name -> name.replace("weight", "kernel")).flat().toDoubles());
    assertEquals(Shape.of(3, 0), turned.get("empty").shape());
    assertEquals(Shape.of(), turned.get("scalar").shape());
    assertEquals(Shape.of(1, 2, 3), turned.get("image").shape());
    assertRefused("tensor image is [1, 2, 3], expected a matrix to transpose", () -> keras.transposed("image"::equals));
    assertRefused("tensor 0.kernel is [3, 2], expected [2, 3] for parameter 0.weight; "
        + "of a file with [in, out] kernels take transposed",
        () -> keras.parameters(dense(3, 2, 2), Precision.FLOAT, name -> name.replace("weight", "kernel")));
  }

  /// A number that was finite is not to become a weight that is infinite; what is infinite in the file stays so.
  @Test
  void parametersBeyondThePrecisionAskedForAreRefused() {
    ParameterSpec spec = ParameterSpec.of(new ParameterSpec.Entry("w", Shape.of(2, 2), Initializer.zeros()));
    Safetensors far = Safetensors.of(Map.of("w", Tensor.of(new double[] {1, Double.NaN, 2, -1e300}, 2, 2)), Map.of());
    assertRefused("the tensor for w has -1.0E300 at row 1, column 1, expected a number of FLOAT's range",
        () -> far.parameters(spec, Precision.FLOAT));
    assertEquals(-1e300, far.parameters(spec, Precision.DOUBLE).get(0).get(3));
    Safetensors infinite = Safetensors.of(Map.of("w",
        Tensor.of(new double[] {1, 2, 3, Double.POSITIVE_INFINITY}, 2, 2)), Map.of());
    assertEquals(Double.POSITIVE_INFINITY, infinite.parameters(spec, Precision.FLOAT).get(0).get(3));
  }

  private static Safetensors read(byte[] file) throws IOException {
    return Safetensors.read(ByteBuffer.wrap(file));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
