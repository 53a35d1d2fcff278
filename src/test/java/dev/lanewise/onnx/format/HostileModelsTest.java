package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a file says, it is read as protobuf has it, or refused in words, and takes memory in proportion to its
/// bytes.
class HostileModelsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static void assertFault(String message, byte[] model) {
    assertEquals(message, assertThrows(FormatException.class, () -> Wire.read(model)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 12, 2147483647L, -1})
  void otherVersionsOfTheFormat(long version) {
    assertFault("is of IR version " + version + ", expected 3 to 11",
        Wire.of().varint(1, version).block(7, Wire.of()).bytes());
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 11})
  void versionsThatAreRead(long version) throws IOException {
    assertEquals(version, Wire.read(Wire.of().block(7, Wire.of()).varint(1, version).bytes()).irVersion());
  }

  @Test
  void aModelWithoutAGraph() {
    assertFault("has no graph", Wire.of().varint(1, 8).bytes());
  }

  @Test
  void aDomainHasOneVersion() throws IOException {
    Wire wire = Wire.of().varint(1, 8).block(7, Wire.of()).block(8, Wire.of().varint(2, 13))
        .block(8, Wire.of().block(1, "ai.onnx").varint(2, 13)).block(8, Wire.of().block(1, "ai.onnx.ml").varint(2, 3));
    assertEquals(Map.of("", 13L, "ai.onnx.ml", 3L), Wire.read(wire.bytes()).opsets());
    assertFault("OperatorSetIdProto at byte 41: version 13 and version 17 of the operators of domain ai.onnx, "
        + "expected one",
        wire.block(8, Wire.of().varint(2, 17)).bytes());
  }

  /// As protobuf has it: parts of a message that come later are added, and single values of it replaced.
  @Test
  void messagesThatComeInPartsAreOne() throws IOException {
    Wire tensor = Wire.of().varint(1, 2).varint(2, 1).block(9, new byte[8]);
    Wire value = Wire.of().block(1, "x").block(2, Wire.of().block(1, Wire.of().varint(1, 1)))
        .block(2, Wire.of().block(1, Wire.of().block(2, Wire.of().block(1, Wire.of().varint(1, 4)))))
        .block(2, Wire.of().block(1, Wire.of().varint(1, 11).block(2, Wire.of().block(1, Wire.of().block(2, "b")))));
    Wire attribute = Wire.of().block(1, "value").varint(20, 4).block(5, tensor)
        .block(5, Wire.of().block(9, new byte[12]).block(8, "w"))
        .block(5, Wire.of().raw(0x08, 3, 0x08, 1).varint(2, 6).block(9, new byte[24]));
    byte[] model = Wire.of().block(7, Wire.of().block(2, "first").block(11, value)).varint(1, 4)
        .block(2, "a").block(2, "b")
        .block(7, Wire.of().block(2, "second").block(11, value).block(1, Wire.of().block(4, "Op").block(5, attribute)))
        .varint(1, 8).bytes();
    ModelProto read = Wire.read(model);
    assertEquals(List.of("model 8 b 0", "graph second", "input x DOUBLE [4, b]", "input x DOUBLE [4, b]",
        "node  Op  [] -> []", "  value TENSOR INT32 [2, 3, 1] a3c1ca20"), Messages.lines(read));
  }

  @Test
  void theLastOfSeveralKindsOfTypeCounts() throws IOException {
    Wire tensor = Wire.of().varint(1, 1).block(2, Wire.of());
    ModelProto read = Wire.read(Wire.model(Wire.of()
        .block(11, Wire.of().block(1, "a").block(2, Wire.of().block(1, tensor).block(4, Wire.of())))
        .block(11, Wire.of().block(1, "b").block(2, Wire.of().block(4, Wire.of()).block(1, tensor)))
        .block(11, Wire.of().block(1, "c"))
        .block(11, Wire.of().block(1, "d").block(2, Wire.of().block(1, Wire.of().varint(1, 17))))));
    assertEquals(List.of("a UNDEFINED ?", "b FLOAT []", "c UNDEFINED ?", "d OTHER ?"),
        Messages.lines(read).stream().filter(line -> line.startsWith("input "))
            .map(line -> line.substring(6)).toList());
  }

  @Test
  void lengthsThatAreOpen() throws IOException {
    Wire shape = Wire.of().block(1, Wire.of()).block(1, Wire.of().varint(1, -1)).block(1, Wire.of().varint(1, 0))
        .block(1, Wire.of().varint(1, 5).block(2, "n")).block(1, Wire.of().block(2, "n").varint(1, 5));
    Wire value = Wire.of().block(1, "x").block(2, Wire.of().block(1, Wire.of().varint(1, 1).block(2, shape)));
    ValueInfo read = Wire.read(Wire.model(Wire.of().block(12, value))).graph().outputs().getFirst();
    assertEquals(Optional.of(List.of(ValueInfo.Dimension.open(""), ValueInfo.Dimension.open(""),
        ValueInfo.Dimension.of(0), ValueInfo.Dimension.open("n"), ValueInfo.Dimension.of(5))), read.shape());
  }

  @Test
  void aShapeHasNoHundredsOfAxes() {
    Wire shape = Wire.of();
    for (int axis = 0; axis < 65; axis++) {
      shape.block(1, Wire.of());
    }
    Wire value = Wire.of().block(1, "x").block(2, Wire.of().block(1, Wire.of().block(2, shape)));
    byte[] model = Wire.model(Wire.of().block(11, value));
    String fault = assertThrows(FormatException.class, () -> Wire.read(model)).getMessage();
    assertTrue(fault.startsWith("value x: TensorShapeProto at byte "), fault);
    assertTrue(fault.endsWith(": more than 64 axes, expected at most that"), fault);
  }

  @Test
  void whatIsNotReadIsOther() throws IOException {
    Wire node = Wire.of().block(4, "If").block(7, "ai.onnx");
    int[] fields = {6, 10, 11, 14, 15, 21, 22, 23};
    for (int field : fields) {
      node.block(5, Wire.of().block(1, "a" + field).block(field, Wire.of().raw(1, 2, 3)).varint(20, 5));
    }
    node.block(5, Wire.of().block(1, "binary").varint(20, 3).block(4, (byte) 0xFF));
    node.block(5, Wire.of().block(1, "binaries").varint(20, 8).block(9, "text").block(9, (byte) 0xFF));
    node.block(5, Wire.of().block(1, "new").varint(20, 99));
    node.block(5, Wire.of().block(1, "untyped").block(6, Wire.of()));
    Wire sparse = Wire.of().block(1, Wire.of().block(8, "w").varint(2, 1)).varint(3, 7);
    ModelProto read = Wire.read(Wire.of().varint(1, 8).block(25, Wire.of().raw(1, 2, 3)).block(25, "")
        .block(7, Wire.of().block(1, node).block(15, sparse)).bytes());
    assertEquals(2, read.functions());
    Map<String, AttributeProto> attributes = read.graph().nodes().getFirst().attributes();
    assertEquals(fields.length + 4, attributes.size());
    attributes.values().forEach(attribute -> {
      assertEquals(Kind.OTHER, attribute.kind(), attribute.name());
      assertNull(attribute.value());
    });
    assertEquals("", read.graph().nodes().getFirst().domain());
    assertEquals(List.of("w OTHER [] null"), read.graph().initializers().stream()
        .map(tensor -> tensor.name() + " " + Messages.text(tensor)).toList());
  }

  /// Protobuf's third version leaves out what is 0 or empty; ONNX's first one had no types.
  @Test
  void attributesWithoutValueOrType() throws IOException {
    Wire node = Wire.of().block(4, "Op");
    for (int type : new int[] {1, 2, 3, 6, 7, 8}) {
      node.block(5, Wire.of().block(1, "a" + type).varint(20, type));
    }
    node.block(5, Wire.of().block(1, "float").fixed(2, 1f)).block(5, Wire.of().block(1, "ints").packed(8, 1, -2));
    List<String> lines = Messages.lines(Wire.read(Wire.model(Wire.of().block(1, node))));
    assertEquals(List.of("  a1 FLOAT 00000000", "  a2 INT 0", "  a3 STRING ", "  a6 FLOATS []", "  a7 INTS []",
        "  a8 STRINGS []", "  float FLOAT 3f800000", "  ints INTS [1, -2]"), lines.subList(4, lines.size()));
  }

  @Test
  void attributesThatSayTwoThings() {
    String node = "node 0 n Op: attribute ";
    assertFault(node + "a: is INT, but has [FLOAT] as well",
        Wire.attribute(Wire.of().block(1, "a").fixed(2, 1f).varint(20, 2)));
    assertFault(node + "a: is INT, but has a value that is not read as well",
        Wire.attribute(Wire.of().block(1, "a").varint(3, 1).block(6, Wire.of()).varint(20, 2)));
    assertFault(node + "a: has no type, and [FLOAT, INT], expected one value",
        Wire.attribute(Wire.of().block(1, "a").fixed(2, 1f).varint(3, 1)));
    assertFault(node + "a: has no type, and no value, expected one value", Wire.attribute(Wire.of().block(1, "a")));
    assertFault(node + "a: is TENSOR, but has none", Wire.attribute(Wire.of().block(1, "a").varint(20, 4)));
    assertFault(node + ": has no name", Wire.attribute(Wire.of().varint(3, 1)));
    Wire twice = Wire.of().block(1, "a").varint(3, 1);
    assertFault("node 0  Op: attribute a is given twice",
        Wire.model(Wire.of().block(1, Wire.of().block(4, "Op").block(5, twice).block(5, twice))));
    assertFault("node 1  : has no operator",
        Wire.model(Wire.of().block(1, Wire.of().block(4, "Op")).block(1, Wire.of().block(1, "x"))));
  }

  @Test
  void namesAreUtf8AndTextsForPeopleNeedNotBe() throws IOException {
    byte[] latin = "ä".getBytes(StandardCharsets.ISO_8859_1);
    for (int field : new int[] {1, 2, 3, 4, 7}) {
      byte[] model = Wire.model(Wire.of().block(1, Wire.of().block(field, latin)));
      String fault = assertThrows(FormatException.class, () -> Wire.read(model)).getMessage();
      assertTrue(fault.endsWith("field " + field + " is not UTF-8, expected a name"), fault);
    }
    ModelProto read = Wire.read(Wire.of().varint(1, 8).block(2, latin).block(6, latin)
        .block(7, Wire.of().block(10, latin).block(1, Wire.of().block(4, "Op").block(6, latin)))
        .block(14, Wire.of().block(1, latin).block(2, "ä")).bytes());
    assertEquals("\uFFFD", read.producer());
    assertEquals(Map.of("\uFFFD", "ä"), read.metadata());
  }

  /// Graphs in attributes in graphs: what is not read is passed over, however deep.
  @Test
  void depth() throws IOException {
    byte[] graph = {};
    for (int depth = 0; depth < 1_000; depth++) {
      graph = Wire.of().block(1, Wire.of().block(4, "If").block(5, Wire.of().block(1, "a").block(6, graph))).bytes();
    }
    assertEquals(1, Wire.read(Wire.of().varint(1, 8).block(7, graph).bytes()).graph().nodes().size());
    byte[] type = {};
    for (int depth = 0; depth < 1_000; depth++) {
      type = Wire.of().block(4, Wire.of().block(1, type)).bytes();
    }
    Wire value = Wire.of().block(1, "x").block(2, type);
    assertEquals(1, Wire.read(Wire.model(Wire.of().block(11, value))).graph().inputs().size());
  }

  /// Messages of as few bytes as may be.
  @ParameterizedTest
  @CsvSource({"1, 22024F70, 60", "5, , 120", "11, , 60", "13, 0A00, 60", "15, , 120"})
  void manySmallMessagesTakeMemoryInProportion(int field, String message, long most) throws IOException {
    byte[] bytes = message == null ? new byte[0]
        : HexFormat.of().parseHex(message);
    Wire graph = Wire.of();
    int count = 300_000 / (bytes.length + 2);
    for (int i = 0; i < count; i++) {
      graph.block(field, bytes);
    }
    assertProportion(Wire.model(graph), most);
  }

  @Test
  void manySmallNumbersAndTextsTakeMemoryInProportion() throws IOException {
    Wire ints = Wire.of().block(1, "a").varint(20, 7).block(8, new byte[300_000]);
    assertProportion(Wire.attribute(ints), 10);
    Wire texts = Wire.of().block(4, "Op");
    for (int i = 0; i < 100_000; i++) {
      texts.block(1, "");
    }
    assertProportion(Wire.model(Wire.of().block(1, texts)), 30);
    Wire single = Wire.of().block(1, "a").varint(20, 7);
    for (int i = 0; i < 100_000; i++) {
      single.varint(8, 1);
    }
    assertProportion(Wire.attribute(single), 30);
    assertProportion(Wire.initializer(Wire.of().varint(1, 300_000).varint(2, 9).block(9, new byte[300_000])), 10);
    assertProportion(Wire.initializer(Wire.of().varint(1, 300_000).varint(2, 9).block(5, new byte[300_000])), 20);
  }

  private static void assertProportion(byte[] model, long most) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Wire.read(model);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < most * model.length, allocated + " bytes for " + model.length);
  }

  @Test
  void moreThanAMillionValues() {
    byte[] values = new byte[2 * ((1 << 20) + 1)];
    for (int i = 0; i < values.length; i += 2) {
      values[i] = 13 << 3 | 2;
    }
    byte[] model = Wire.model(Wire.of().raw(values));
    String fault = assertThrows(FormatException.class, () -> Wire.read(model)).getMessage();
    assertTrue(fault.endsWith("field 13 more than 1048576 times, expected at most that"), fault);
  }

  @Test
  void messagesAreForPeople() {
    String name = "n".repeat(200_000);
    Wire attribute = Wire.of().block(1, name).block(5, Wire.of().block(8, name).varint(1, -1).varint(2, 1));
    byte[] model = Wire.model(Wire.of().block(1, Wire.of().block(3, name).block(4, name).block(5, attribute)));
    String fault = assertThrows(FormatException.class, () -> Wire.read(model)).getMessage();
    assertTrue(fault.length() < 800, () -> "a message of " + fault.length());
  }
}
