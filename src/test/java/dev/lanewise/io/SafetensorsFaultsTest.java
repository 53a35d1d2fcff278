package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each fault of a file has its own message, and no file does more harm than that.
class SafetensorsFaultsTest {

  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      // What the header {"a":…} says of tensor a, with ' for " | the message
      "{'dtype':'F32','shape':[1],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 4 for F32 [1]",
      "{'dtype':'F64','shape':[2],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 16 for F64 [2]",
      "{'dtype':'F32','shape':[],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 4 for F32 []",
      "{'dtype':'F32','shape':[2],'data_offsets':[8,0]}    | tensor a: data_offsets [8, 0] end before they begin",
      "{'dtype':'F32','shape':[2],'data_offsets':[8,16]} | "
          + "tensor a: data_offsets [8, 16] leave a hole, expected them to begin at 0",
      "{'dtype':'F32','shape':[2],'data_offsets':[0,-8]} | "
          + "tensor a: data_offsets: negative number at byte 50, expected an integer of 0 or more",
      "{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}   | tensor a: shape: negative number at byte 29",
      "{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]} | "
          + "tensor a: shape: number at byte 29 is not written as an integer",
      "{'dtype':'F32','shape':[2],'data_offsets':[0,8e0]} | "
          + "tensor a: data_offsets: number at byte 50 is not written as an integer",
      "{'dtype':'F32','shape':[02],'data_offsets':[0,8]}   | tensor a: shape: number at byte 29 has a leading zero",
      "{'dtype':'F32','shape':[2],'data_offsets':[0,9223372036854775808]} | "
          + "tensor a: data_offsets: number at byte 50 overflows",
      "{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]} | "
          + "tensor a: shape: number at byte 29 overflows",
      "{'dtype':'F32','shape':[2147483648],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 8589934592 for F32 [2147483648]",
      "{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,17179869184]} | "
          + "truncated: has 8 bytes of data, expected 17179869184",
      "{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected more than a file has for F32 [2147483647, "
          + "2147483647, 2147483647]",
      "{'dtype':'F16','shape':[2],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 4 for F16 [2]",
      "{'dtype':'BF16','shape':[2],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 4 for BF16 [2]",
      "{'dtype':'I64','shape':[2],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 16 for I64 [2]",
      "{'dtype':'BOOL','shape':[9],'data_offsets':[0,8]} | "
          + "tensor a: data_offsets [0, 8] hold 8 bytes, expected 9 for BOOL [9]",
      "{'dtype':'F4','shape':[5,3],'data_offsets':[0,7]} | "
          + "tensor a: data_offsets [0, 7] hold 7 bytes, expected 8 for F4 [5, 3]",
      "{'dtype':32,'shape':[2],'data_offsets':[0,8]}       | tensor a: dtype: found '3' at byte 14, expected a string",
      "{'dtype':'F32','shape':2,'data_offsets':[0,8]}      | tensor a: shape: found '2' at byte 28, expected '['",
      "{'dtype':'F32','shape':['2'],'data_offsets':[0,8]} | "
          + "tensor a: shape: found '\"' at byte 29, expected an integer",
      "{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]} | "
          + "tensor a: shape: found '[' at byte 29, expected an integer",
      "{'dtype':'F32','shape':[2,],'data_offsets':[0,8]} | "
          + "tensor a: shape: found ']' at byte 31, expected an integer",
      "{'dtype':'F32','shape':[2],'data_offsets':[0]}      | tensor a: data_offsets [0] are 1 numbers, expected 2",
      "{'dtype':'F32','shape':[2],'data_offsets':[0,4,8]} | "
          + "tensor a: data_offsets [0, 4, 8] are 3 numbers, expected 2",
      "{'dtype':'F32','shape':[2],'data_offsets':null} | "
          + "tensor a: data_offsets: found 'n' at byte 47, expected '['",
      "{'dtype':'F32','shape':[2]} | "
          + "tensor a: has the keys [dtype, shape], expected dtype, shape and data_offsets",
      "{} | "
          + "tensor a: has the keys [], expected dtype, shape and data_offsets",
      "{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':{}} | "
          + "tensor a: has the key x, expected only dtype, shape and data_offsets",
      "{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]} | tensor a: the key dtype stands twice",
      "[]                                                  | tensor a: found '[' at byte 5, expected '{'",
  })
  void ofOneTensor(String entry, String message) throws IOException {
    assertFault(message, bytes("{\"a\":" + entry.replace('\'', '"') + "}", 8));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{A,'a':{'dtype':'F32','shape':[0],'data_offsets':[8,8]}} | "
          + "header: the name a stands twice, expected unique names",
      "{'__metadata__':{},'__metadata__':{},A}                    | header: the name __metadata__ stands twice",
      "{A,'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | "
          + "tensor b: data_offsets [4, 8] overlap tensor a, expected them to begin at 8",
      "{A,'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | "
          + "tensor b: data_offsets [0, 8] overlap tensor a, expected them to begin at 8",
      "{'b':{'dtype':'F32','shape':[1],'data_offsets':[12,16]},A} | "
          + "tensor b: data_offsets [12, 16] leave a hole, expected them to begin at 8",
      "{A,'b':{'dtype':'F32','shape':[0],'data_offsets':[9,9]}} | "
          + "tensor b: data_offsets [9, 9] leave a hole, expected them to begin at 8",
      "{'__metadata__':{'k':1},A} | "
          + "__metadata__: value of k: found '1' at byte 21, expected a string",
      "{'__metadata__':{'k':null},A} | "
          + "__metadata__: value of k: found 'n' at byte 21, expected a string",
      "{'__metadata__':{'k':'v','k':'v'},A}                       | __metadata__: the key k stands twice",
      "{'__metadata__':[],A}                                      | __metadata__: found '[' at byte 16, expected '{'",
      "{'__metadata__':{'k':'v' | "
          + "__metadata__: found the end at byte 24, expected '}'",
      "{A                                                         | header: found the end at byte 53, expected '}'",
      "{A,}                                                       | header: found '}' at byte 54, expected a string",
      "{A}x                                                       | header: found 'x' at byte 54, expected its end",
      "{A}{}                                                      | header: found '{' at byte 54, expected its end",
      "{A 'b'}                                                    | header: found '\"' at byte 54, expected '}'",
      "{a:1}                                                      | header: found 'a' at byte 1, expected a string",
      "{'a                                                        | header: the JSON ends inside a string",
      "{'a\\                                                      | header: the JSON ends inside a string",
      "{'\\x'} | "
          + "header: escape \\'x' before byte 4, which is not valid JSON",
      "{'\\u12g4'} | "
          + "header: escape \\u with 'g' before byte 7, which is not valid JSON",
      "{'\\u１234'} | "
          + "header: escape \\u with 0xEF before byte 5, which is not valid JSON",
      "{'\\ud800':{}} | "
          + "header: lone surrogate in the string at byte 2, expected Unicode text",
      "{'\\udc00\\ud800':{}} | "
          + "header: lone surrogate in the string at byte 2, expected Unicode text",
      "[]                                                         | header: expected '{' as its first byte",
      "` {}`                                                      | header: expected '{' as its first byte",
      "``                                                         | header: expected '{' as its first byte",
  })
  void ofTheHeader(String header, String message) throws IOException {
    assertFault(message, bytes(header.replace('\'', '"').replace("A", A), 8));
  }

  @Test
  void controlCharactersAndBytesThatAreNotUtf8() throws IOException {
    assertFault("header: control character in the string at byte 2, which is not valid JSON", bytes("{\"\n\":1}", 0));
    assertFault("header: not valid UTF-8", bytes("{\"\u00ff\":1}", StandardCharsets.ISO_8859_1, 0));
    byte[] surrogate = {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'};
    assertFault("header: not valid UTF-8",
        bytes(new String(surrogate, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1, 0));
    assertFault("header: found 0x00 at byte 2, expected its end", bytes("{}\0", 0));
  }

  /// A recursive reader would run out of stack.
  @Test
  void nestingBombs() throws IOException {
    assertFault("tensor a: found '[' at byte 5, expected '{'", bytes("{\"a\":" + "[".repeat(1_000_000), 0));
    assertFault("tensor a: dtype: found '{' at byte 14, expected a string",
        bytes("{\"a\":{\"dtype\":" + "{\"a\":".repeat(1_000_000), 0));
    assertFault("tensor a: has the key a, expected only", bytes("{" + "\"a\":{".repeat(1_000_000), 0));
  }

  @Test
  void sizesThatDoNotAgree() throws IOException {
    assertFault("truncated: has 0 bytes, expected the header's length in the first 8", new byte[0]);
    assertFault("truncated: has 7 bytes, expected the header's length in the first 8", new byte[7]);
    assertFault("truncated: header of 54 bytes, but only 53 follow", Arrays.copyOf(bytes("{" + A + "}", 0), 8 + 53));
    assertFault("truncated: has 7 bytes of data, expected 8", bytes("{" + A + "}", 7));
    assertFault("oversized: 1 bytes after the data, expected none", bytes("{" + A + "}", 9));
    assertFault("oversized: 1 bytes after the data, expected none", bytes("{}", 1));
    assertFault("oversized: header of 100000001 bytes, expected at most 100000000", withLength(100_000_001));
    assertFault("oversized: header of 18446744073709551615 bytes, expected at most 100000000", withLength(-1));
    assertFault("truncated: header of 100000000 bytes, but only 8 follow", withLength(100_000_000));
  }

  private static byte[] withLength(long length) {
    return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  /// Eight gigabytes on the header's word would be an OutOfMemoryError.
  @Test
  void nothingIsAllocatedOnTheHeadersWordAlone() throws IOException {
    StringBuilder json = new StringBuilder("{");
    for (long i = 0; i < 64; i++) {
      json.append("\"%d\":{\"dtype\":\"F64\",\"shape\":[2000000000],\"data_offsets\":[%d,%d]},"
          .formatted(i, i * 16_000_000_000L, (i + 1) * 16_000_000_000L));
    }
    json.setCharAt(json.length() - 1, '}');
    assertFault("truncated: has 8 bytes of data, expected 1024000000000", bytes(json.toString(), 8));
  }

  @Test
  void aFileThatIsNotThere() {
    assertThrows(NoSuchFileException.class, () -> Safetensors.read(folder.resolve("none.safetensors")));
  }

  @Test
  void whatTheFormatAllows() throws IOException {
    assertEquals(Map.of(), read(bytes("{}", 0)).tensors());
    assertEquals(Map.of(), read(bytes("{\"__metadata__\":{}}      ", 0)).metadata());
    assertEquals(Map.of("", ""), read(bytes("{ \"__metadata__\" : {\"\":\"\"}\t}\r\n", 0)).metadata());
    assertEquals(Map.of("é𝜃/", "\b\f\n\r\t\"\\"),
        read(bytes("{\"__metadata__\":{\"\\u00E9\\ud835\\udf03\\/\":\"\\b\\f\\n\\r\\t\\\"\\\\\"}}", 0)).metadata());
    Safetensors file = read(bytes("{\"z\":{\"data_offsets\":[8,12],\"shape\":[],\"dtype\":\"F32\"},"
        + "\"e\":{\"dtype\":\"F64\",\"shape\":[3,0],\"data_offsets\":[8,8]}," + A + "}", 12));
    assertEquals(List.of("z", "e", "a"), List.copyOf(file.tensors().keySet()));
    assertEquals(Shape.of(), file.get("z").shape());
    assertEquals(Shape.of(3, 0), file.get("e").shape());
    assertEquals(Shape.of(2), file.get("a").shape());
  }

  private static byte[] bytes(String header, int dataBytes) {
    return bytes(header, StandardCharsets.UTF_8, dataBytes);
  }

  private static byte[] bytes(String header, Charset charset, int dataBytes) {
    byte[] json = header.getBytes(charset);
    return ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length)
        .put(json).array();
  }

  private Safetensors read(byte[] bytes) throws IOException {
    return Safetensors.read(Files.write(folder.resolve("case.safetensors"), bytes));
  }

  private void assertFault(String fault, byte[] bytes) throws IOException {
    String message = assertThrows(MalformedSafetensorsException.class, () -> read(bytes)).getMessage();
    assertTrue(message.startsWith(folder.resolve("case.safetensors") + ": "), message);
    assertTrue(message.contains(fault), "found: " + message + "\nexpected: " + fault);
  }
}
