package dev.lanewise.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads JSON (RFC 8259) in UTF-8 from front to back; the caller says what must come next.
///
/// It is as strict as the grammar: no trailing commas, leading zeros, lone surrogates, or text after the end. The
/// caller asks for every bracket, so a text cannot nest deeper than the caller does. Only strings that are taken become
/// Java strings.
final class JsonReader {

  private final String source;
  private final byte[] utf8;
  private int at;

  JsonReader(String source, byte[] utf8) {
    this.source = source;
    this.utf8 = utf8;
  }

  MalformedSafetensorsException fault(String fault) {
    return new MalformedSafetensorsException(source, fault);
  }

  /// Whether `bracket`, `,` or `:` comes next; if so, it is taken.
  boolean takes(char symbol) {
    skipWhitespace();
    boolean next = at < utf8.length && utf8[at] == symbol;
    if (next) {
      at++;
    }
    return next;
  }

  /// Takes `symbol`, which must come next.
  ///
  /// @param where what is being read, for the message: a text only when there is one
  void take(char symbol, Object where) throws MalformedSafetensorsException {
    if (!takes(symbol)) {
      throw expected("'" + symbol + "'", where);
    }
  }

  /// Nothing but whitespace may be left.
  void takeEnd(Object where) throws MalformedSafetensorsException {
    skipWhitespace();
    if (at < utf8.length) {
      throw expected("its end", where);
    }
  }

  /// Takes a number, which must be an integer from 0 to 2⁶³ − 1.
  long takeNatural(Object where) throws MalformedSafetensorsException {
    skipWhitespace();
    int from = at;
    if (at < utf8.length && utf8[at] == '-') {
      throw fault(where + ": negative number at byte " + from + ", expected an integer of 0 or more");
    }
    long value = 0;
    while (at < utf8.length && isDigit(utf8[at])) {
      int digit = utf8[at] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw fault(where + ": number at byte " + from + " overflows, expected at most " + Long.MAX_VALUE);
      }
      value = 10 * value + digit;
      at++;
    }
    if (at == from) {
      throw expected("an integer", where);
    }
    if (at < utf8.length && ".eE".indexOf(utf8[at]) >= 0) {
      throw fault(where + ": number at byte " + from + " is not written as an integer, expected digits only");
    }
    if (utf8[from] == '0' && at > from + 1) {
      throw fault(where + ": number at byte " + from + " has a leading zero, which is not valid JSON");
    }
    return value;
  }

  String takeString(Object where) throws MalformedSafetensorsException {
    if (!takes('"')) {
      throw expected("a string", where);
    }
    int from = at;
    int plain = at;
    StringBuilder string = null; // Most strings have no escapes.
    for (byte b = next(where); b != '"'; b = next(where)) {
      if (b >= 0 && b < ' ') {
        throw fault(where + ": control character in the string at byte " + from + ", which is not valid JSON");
      }
      if (b == '\\') {
        string = string == null ? new StringBuilder() : string;
        string.append(decoded(plain, at - 1, where)).append(escaped(where));
        plain = at;
      }
    }
    String last = decoded(plain, at - 1, where);
    if (string == null) {
      return last;
    }
    if (!isWellFormed(string.append(last))) {
      throw fault(where + ": lone surrogate in the string at byte " + from + ", expected Unicode text");
    }
    return string.toString();
  }

  /// Refuses what is not UTF-8, which `new String` would replace.
  private String decoded(int from, int to, Object where) throws MalformedSafetensorsException {
    if (from == to) {
      return "";
    }
    int ascii = from;
    while (ascii < to && utf8[ascii] >= 0) {
      ascii++;
    }
    try {
      return ascii == to ? new String(utf8, from, to - from, StandardCharsets.ISO_8859_1)
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, from, to - from)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw fault(where + ": not valid UTF-8 in the string at byte " + from);
    }
  }

  private char escaped(Object where) throws MalformedSafetensorsException {
    byte b = next(where);
    return switch (b) {
      case '"', '\\', '/' -> (char) b;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int digit = 0; digit < 4; digit++) {
          unit = 16 * unit + hexDigit(next(where), where);
        }
        yield (char) unit;
      }
      default -> throw fault(where + ": escape \\" + printable(b) + " before byte " + at + ", which is not valid JSON");
    };
  }

  private int hexDigit(byte b, Object where) throws MalformedSafetensorsException {
    int digit = b < 0 ? -1 : Character.digit(b, 16);
    if (digit < 0) {
      throw fault(where + ": escape \\u with " + printable(b) + " before byte " + at + ", which is not valid JSON");
    }
    return digit;
  }

  /// Whether each surrogate stands in a pair, so that the text can be written in UTF-8.
  static boolean isWellFormed(CharSequence text) {
    return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private byte next(Object where) throws MalformedSafetensorsException {
    if (at == utf8.length) {
      throw fault(where + ": the JSON ends inside a string");
    }
    return utf8[at++];
  }

  private MalformedSafetensorsException expected(String what, Object where) {
    String found = at == utf8.length ? "the end" : printable(utf8[at]);
    return fault(where + ": found " + found + " at byte " + at + ", expected " + what);
  }

  private static String printable(byte b) {
    return b > ' ' && b < 127 ? "'" + (char) b + "'" : "0x%02X".formatted(b & 0xff);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private void skipWhitespace() {
    while (at < utf8.length && " \t\r\n".indexOf(utf8[at]) >= 0) {
      at++;
    }
  }
}
