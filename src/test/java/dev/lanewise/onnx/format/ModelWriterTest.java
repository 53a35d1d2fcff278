package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is written is read as what it was.
class ModelWriterTest {

  @Property(tries = 150)
  void modelsAreReadAsWritten(@ForAll long seed) throws IOException {
    ModelProto model = RandomModels.of(seed);
    byte[] bytes = Protos.bytes(model);
    ModelProto read = ModelReader.read(ByteBuffer.wrap(bytes), ExternalData.none());
    assertEquals(Messages.lines(model), Messages.lines(read));
    assertArrayEquals(bytes, Protos.bytes(read));
  }

  @Test
  void exportedNetworksAreReadAsWritten() throws IOException {
    for (Path file : ExportedNetworksTest.files()) {
      ModelProto model = ModelReader.read(file);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ModelWriter.write(model, Channels.newChannel(out));
      assertArrayEquals(Protos.bytes(model), out.toByteArray());
      ModelProto read = ModelReader.read(ByteBuffer.wrap(out.toByteArray()), ExternalData.none());
      assertEquals(Messages.lines(model), Messages.lines(read), file.toString());
    }
  }

  /// Longer than the buffer through which a tensor goes.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"UNDEFINED", "STRING", "COMPLEX64", "COMPLEX128", "OTHER"})
  void longTensorsAreReadAsWritten(ElementType type) throws IOException {
    TensorProto tensor = RandomModels.tensor(7, type, 3, 22_001);
    ModelProto read = ModelReader.read(ByteBuffer.wrap(Protos.bytes(model(tensor))), ExternalData.none());
    assertEquals(Messages.text(tensor), Messages.text(read.graph().initializers().getFirst()));
  }

  @Test
  void partsOfATensorsArrayAreWrittenAlone() throws IOException {
    Tensor part = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2).slice(1, 1);
    TensorProto tensor = new TensorProto("w", ElementType.FLOAT, new int[] {1, 2}, part);
    ModelProto read = ModelReader.read(ByteBuffer.wrap(Protos.bytes(model(tensor))), ExternalData.none());
    assertArrayEquals(new float[] {3, 4}, read.graph().initializers().getFirst().numbers().floats());
  }

  /// 1 + 2⁻⁸ lies between 1 and 1 + 2⁻⁷, and 1 is even; above it is 1 + 2⁻⁷. Of a NaN something is left.
  @Test
  void numbersAreRoundedTo16Bits() throws IOException {
    float[] values = {1.00390625f, 1.0039064f, 1.01171875f, Float.MAX_VALUE, Float.intBitsToFloat(0x7F800001), -0f};
    TensorProto tensor = new TensorProto("w", ElementType.BFLOAT16, new int[] {6}, Tensor.of(values, 6));
    ModelProto read = ModelReader.read(ByteBuffer.wrap(Protos.bytes(model(tensor))), ExternalData.none());
    assertArrayEquals(new float[] {1, 1.0078125f, 1.015625f, Float.POSITIVE_INFINITY, Float.NaN, -0f},
        read.graph().initializers().getFirst().numbers().floats());
  }

  @Test
  void whatHasNoFormInAFileIsRefused() {
    int[] two = {2};
    Tensor floats = Tensor.of(new float[] {1, 2}, 2);
    assertRefused("Tensor w DOUBLE [2]: expected DOUBLE", new TensorProto("w", ElementType.DOUBLE, two, floats));
    assertRefused("Tensor w FLOAT [2]: expected FLOAT numbers", new TensorProto("w", ElementType.FLOAT, two, null));
    assertRefused("Tensor w FLOAT [2]: expected FLOAT", new TensorProto("w", ElementType.FLOAT, two, new long[2]));
    assertRefused("Tensor w FLOAT [3]: expected another number of elements than 2",
        new TensorProto("w", ElementType.FLOAT, new int[] {3}, floats));
    assertRefused("Tensor w FLOAT [-2]: expected no negative axis",
        new TensorProto("w", ElementType.FLOAT, new int[] {-2}, floats));
    assertRefused("Tensor w FLOAT [2147483647, 2147483647, 4]: expected another number",
        new TensorProto("w", ElementType.FLOAT, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, 4}, floats));
    assertRefused("Tensor w STRING [2]: expected numbers", new TensorProto("w", ElementType.STRING, two, null));
    assertRefused("Tensor w INT8 [2]: expected no 128", integers(ElementType.INT8, -128, 128));
    assertRefused("Tensor w INT8 [2]: expected no -129", integers(ElementType.INT8, -129, 127));
    assertRefused("Tensor w UINT8 [2]: expected no -1", integers(ElementType.UINT8, 255, -1));
    assertRefused("Tensor w UINT32 [2]: expected no 4294967296",
        integers(ElementType.UINT32, 4294967295L, 4294967296L));
    assertRefused("Tensor w INT32 [2]: expected no 2147483648", integers(ElementType.INT32, -2147483648, 2147483648L));
    assertRefused("Tensor w BOOL [2]: expected no 2", integers(ElementType.BOOL, 1, 2));
    assertRefused("Text \ud800 has a lone surrogate",
        new TensorProto("\ud800", ElementType.FLOAT, two, floats));
  }

  private static TensorProto integers(ElementType type, long... values) {
    return new TensorProto("w", type, new int[] {values.length}, values);
  }

  private static void assertRefused(String message, TensorProto tensor) {
    assertRefused(message, model(tensor));
  }

  private static void assertRefused(String message, ModelProto model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exception refused = assertThrows(IllegalArgumentException.class,
        () -> ModelWriter.write(model, Channels.newChannel(out)));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    assertEquals(0, out.size());
  }

  @Test
  void whatWasNotReadIsNotWritten() {
    NodeProto node = new NodeProto("n", "If", "", List.of(), List.of(),
        Map.of("then_branch", new AttributeProto("then_branch", Kind.OTHER, null)));
    assertRefused("Attribute then_branch is OTHER", model(new GraphProto("g", List.of(node), List.of(), List.of(),
        List.of(), List.of()), 0));
    ValueInfo value = new ValueInfo("v", ElementType.OTHER, Optional.empty());
    assertRefused("Value v is of type OTHER", model(new GraphProto("g", List.of(), List.of(), List.of(value),
        List.of(), List.of()), 0));
    assertRefused("Model: has 2 functions", model(new GraphProto("g", List.of(), List.of(), List.of(), List.of(),
        List.of()), 2));
  }

  /// A model of more than a file may hold is refused before the first byte: 64 times one tensor of 32 MiB.
  @Test
  void aModelLargerThanAFileIsRefused() {
    TensorProto tensor = new TensorProto("w", ElementType.DOUBLE, new int[] {1 << 22},
        Tensor.zeros(Precision.DOUBLE, 1 << 22));
    ModelProto model = model(new GraphProto("g", List.of(), Collections.nCopies(64, tensor), List.of(),
        List.of(), List.of()), 0);
    Exception refused = assertThrows(IOException.class, () -> Protos.bytes(model));
    assertTrue(refused.getMessage().contains("bytes, expected at most 2147483639"), refused.getMessage());
  }

  private static ModelProto model(TensorProto tensor) {
    return model(new GraphProto("g", List.of(), List.of(tensor), List.of(), List.of(), List.of()), 0);
  }

  private static ModelProto model(GraphProto graph, int functions) {
    return new ModelProto(8, "", Map.of("", 17L), graph, Map.of(), functions);
  }
}
