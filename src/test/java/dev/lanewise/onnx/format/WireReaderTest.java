package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Protobuf's wire format: what is right is read, and what is wrong is a fault with its place.
class WireReaderTest {

  private static WireReader reader(Wire wire) {
    return new WireReader(ByteBuffer.wrap(wire.bytes()), "Test");
  }

  private static WireReader field(Wire wire) throws FormatException {
    WireReader reader = reader(wire);
    assertTrue(reader.next());
    return reader;
  }

  private static void assertFault(String message, Executable read) {
    assertEquals(message, assertThrows(FormatException.class, read).getMessage());
  }

  @Property(tries = 100)
  void integersAreReadAsWritten(@ForAll long value, @ForAll @Size(max = 9) long[] packed) throws FormatException {
    assertEquals(value, field(Wire.of().varint(1, value)).varint());
    Repeated.Longs longs = new Repeated.Longs();
    longs.read(field(Wire.of().packed(1, packed)));
    assertArrayEquals(packed, longs.toArray());
    Wire single = Wire.of();
    for (long each : packed) {
      single.varint(1, each);
    }
    longs = new Repeated.Longs();
    for (WireReader reader = reader(single); reader.next();) {
      longs.read(reader);
    }
    assertArrayEquals(packed, longs.toArray());
  }

  /// Some writers use more bytes than it takes.
  @Test
  void integersMayBeLong() throws FormatException {
    assertEquals(1, field(Wire.of().tag(1, 0).raw(0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)).varint());
    assertEquals(-1, field(Wire.of().tag(1, 0)
        .raw(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1)).varint());
  }

  @Test
  void integersOfMoreThan64Bits() {
    assertFault("Test at byte 11: an integer of more than 64 bits", () -> field(Wire.of().tag(1, 0)
        .raw(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2)).varint());
    assertFault("Test at byte 11: an integer of more than 64 bits", () -> field(Wire.of().tag(1, 0)
        .raw(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)).varint());
  }

  @Test
  void numbersThatEndTooEarly() {
    assertFault("Test at byte 2: ends within a number", () -> field(Wire.of().tag(1, 0).raw(0x80)).varint());
    assertFault("Test at byte 1: ends within a number", () -> field(Wire.of().tag(1, 0)).varint());
    assertFault("Test at byte 1: ends within a number", () -> field(Wire.of().tag(1, 5).raw(1, 2, 3)).fixedFloat());
    assertFault("Test at byte 1: ends within a number", () -> field(Wire.of().tag(1, 1).raw(1, 2, 3)).fixedDouble());
    assertFault("Test at byte 1: ends within a number", () -> field(Wire.of().tag(1, 5).raw(1, 2, 3)).skip());
    assertFault("Test at byte 1: ends within a number", () -> reader(Wire.of().raw(0x80)).next());
  }

  @Test
  void lengthsBeyondTheEnd() {
    assertFault("Test at byte 2: field 3 has 5 bytes, but only 4 are left",
        () -> field(Wire.of().tag(3, 2).number(5).raw(1, 2, 3, 4)).block());
    for (long length : new long[] {1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      for (Reading reading : new Reading[] {WireReader::block, WireReader::name, WireReader::text,
          reader -> reader.message("Inner"), WireReader::skip, reader -> new Repeated.Floats().read(reader),
          reader -> new Repeated.Longs().read(reader), reader -> new Repeated.Doubles().read(reader)}) {
        Wire wire = Wire.of().tag(3, 2).number(length).raw(1, 2, 3, 4);
        String fault = assertThrows(FormatException.class, () -> reading.read(field(wire))).getMessage();
        String end = "field 3 has " + Long.toUnsignedString(length) + " bytes, but only 4 are left";
        assertTrue(fault.endsWith(end), fault);
      }
    }
  }

  private interface Reading {
    void read(WireReader reader) throws FormatException;
  }

  /// A message inside ends where its length says, whatever comes behind.
  @Test
  void messagesEndWithinTheOneAround() throws FormatException {
    Wire wire = Wire.of().tag(1, 2).number(2).tag(2, 0).raw(0x80).raw(1);
    WireReader inner = field(wire).message("Inner");
    assertTrue(inner.next());
    assertFault("Inner at byte 4: ends within a number", inner::varint);
  }

  @Test
  void fieldNumbersAndWireTypes() throws FormatException {
    assertFault("Test at byte 1: field number 0, expected 1 to 536870911", () -> reader(Wire.of().raw(0)).next());
    assertFault("Test at byte 5: field number 536870912, expected 1 to 536870911",
        () -> reader(Wire.of().tag(1 << 29, 0)).next());
    assertFault("Test at byte 10: field number 2305843009213693951, expected 1 to 536870911",
        () -> reader(Wire.of().number(-1)).next());
    WireReader largest = reader(Wire.of().number(0xFFFF_FFF8L).raw(0));
    assertTrue(largest.next());
    assertEquals(536870911, largest.field());
    for (int wireType : new int[] {3, 4, 6, 7}) {
      assertFault("Test at byte 1: field 9 has wire type " + wireType + ", expected 0, 1, 2 or 5",
          () -> field(Wire.of().tag(9, wireType).raw(1, 2, 3)).skip());
    }
    assertFault("Test at byte 1: field 9 has wire type 2, expected 0", () -> field(Wire.of().block(9, "a")).varint());
    assertFault("Test at byte 1: field 9 has wire type 0, expected 2", () -> field(Wire.of().varint(9, 1)).block());
    assertFault("Test at byte 1: field 9 has wire type 1, expected 5",
        () -> field(Wire.of().fixed(9, 1.0)).fixedFloat());
    assertFault("Test at byte 1: field 9 has wire type 5, expected 1",
        () -> field(Wire.of().fixed(9, 1f)).fixedDouble());
  }

  @Test
  void whatIsNotKnownIsPassedOver() throws FormatException {
    WireReader reader = reader(Wire.of().varint(1, -1).fixed(2, 1f).fixed(3, 1.0).block(4, "text").varint(5, 7));
    for (int field = 1; field <= 4; field++) {
      assertTrue(reader.next());
      assertEquals(field, reader.field());
      reader.skip();
    }
    assertTrue(reader.next());
    assertEquals(7, reader.varint());
    assertFalse(reader.next());
  }

  @Test
  void packedFloatsAreWhole() {
    assertFault("Test at byte 9: field 1 packs 7 bytes, expected a multiple of 4",
        () -> new Repeated.Floats().read(field(Wire.of().block(1, new byte[7]))));
    assertFault("Test at byte 6: field 1 packs 4 bytes, expected a multiple of 8",
        () -> new Repeated.Doubles().read(field(Wire.of().block(1, new byte[4]))));
    assertFault("packed integers at byte 3: ends within a number",
        () -> new Repeated.Longs().read(field(Wire.of().block(1, (byte) 0xFF))));
  }

  @Test
  void floatsKeepTheirBitsPackedOrNot() throws FormatException {
    int[] bits = {0x7F80_0001, 0x7FC0_1234, 0xFF80_0001, 0x8000_0000, 1};
    Wire wire = Wire.of();
    ByteBuffer packed = Wire.little(4 * bits.length);
    for (int each : bits) {
      wire.tag(1, 5).raw(Wire.little(4).putInt(each).array());
      packed.putInt(each);
    }
    Repeated.Floats floats = new Repeated.Floats();
    for (WireReader reader = reader(wire.block(1, packed.array())); reader.next();) {
      floats.read(reader);
    }
    float[] read = floats.toArray();
    assertEquals(2 * bits.length, read.length);
    for (int i = 0; i < read.length; i++) {
      assertEquals(bits[i % bits.length], Float.floatToRawIntBits(read[i]), "" + i);
    }
  }

  @Test
  void textsThatAreNotUtf8() throws FormatException {
    Wire wire = Wire.of().block(1, (byte) 'a', (byte) 0xC3);
    assertNull(field(wire).textOrNull());
    assertEquals("a\uFFFD", field(wire).text());
    assertFault("Test at byte 4: field 1 is not UTF-8, expected a name", () -> field(wire).name());
    assertEquals("ä漢😀", field(Wire.of().block(1, "ä漢😀")).name());
    assertNull(field(Wire.of().block(1, (byte) 0xED, (byte) 0xA0, (byte) 0x80)).textOrNull(), "a lone surrogate");
  }
}
