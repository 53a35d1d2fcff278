package dev.lanewise.io;

/// Reads JSON (RFC 8259) from front to back, the caller saying what must come next.
///
/// It is as strict as the grammar: no trailing commas, no leading zeros, no lone surrogates, nothing behind the end. As the
/// caller asks for every bracket, a text cannot make it nest deeper than the caller does.
final class JsonReader {

  private final String source;
  private final String text;
  private int at;

  JsonReader(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /// The exception for a fault here.
  MalformedSafetensorsException fault(String fault) {
    return new MalformedSafetensorsException(source, fault);
  }

  /// Whether `bracket`, `,` or `:` comes next; if so, it is taken.
  boolean takes(char symbol) {
    skipWhitespace();
    boolean next = at < text.length() && text.charAt(at) == symbol;
    if (next) {
      at++;
    }
    return next;
  }

  /// Takes `symbol`, which must come next.
  ///
  /// @param where what is being read, for the message
  void take(char symbol, String where) throws MalformedSafetensorsException {
    if (!takes(symbol)) {
      throw expected("'" + symbol + "'", where);
    }
  }

  /// Nothing but whitespace may be left.
  void takeEnd(String where) throws MalformedSafetensorsException {
    skipWhitespace();
    if (at < text.length()) {
      throw expected("its end", where);
    }
  }

  /// Takes a number, which must be an integer from 0 to 2⁶³ − 1.
  long takeNatural(String where) throws MalformedSafetensorsException {
    skipWhitespace();
    int from = at;
    if (at < text.length() && text.charAt(at) == '-') {
      throw fault(where + ": negative number at character " + from + ", expected an integer of 0 or more");
    }
    long value = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      int digit = text.charAt(at) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw fault(where + ": number at character " + from + " overflows, expected at most " + Long.MAX_VALUE);
      }
      value = 10 * value + digit;
      at++;
    }
    if (at == from) {
      throw expected("an integer", where);
    }
    if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
      throw fault(where + ": number at character " + from + " is not written as an integer, expected digits only");
    }
    if (text.charAt(from) == '0' && at > from + 1) {
      throw fault(where + ": number at character " + from + " has a leading zero, which is not valid JSON");
    }
    return value;
  }

  /// Takes a string.
  String takeString(String where) throws MalformedSafetensorsException {
    if (!takes('"')) {
      throw expected("a string", where);
    }
    int from = at;
    StringBuilder string = new StringBuilder();
    for (char c = next(where); c != '"'; c = next(where)) {
      if (c < ' ') {
        throw fault(where + ": control character in the string at character " + from + ", which is not valid JSON");
      }
      string.append(c == '\\' ? escaped(where) : c);
    }
    requirePairedSurrogates(string, from, where);
    return string.toString();
  }

  private char escaped(String where) throws MalformedSafetensorsException {
    char c = next(where);
    return switch (c) {
      case '"', '\\', '/' -> c;
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
      default -> throw fault(where + ": escape \\" + printable(c) + " before character " + at + ", which is not valid JSON");
    };
  }

  /// Not [Character#digit], which takes the digits of every script.
  private int hexDigit(char c, String where) throws MalformedSafetensorsException {
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw fault(where + ": escape \\u with " + printable(c) + " before character " + at + ", which is not valid JSON");
    }
    return digit;
  }

  private void requirePairedSurrogates(CharSequence string, int from, String where) throws MalformedSafetensorsException {
    if (!isWellFormed(string)) {
      throw fault(where + ": lone surrogate in the string at character " + from + ", expected Unicode text");
    }
  }

  /// Whether each surrogate stands in a pair, so that the text can be written in UTF-8.
  static boolean isWellFormed(CharSequence text) {
    return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private char next(String where) throws MalformedSafetensorsException {
    if (at == text.length()) {
      throw fault(where + ": the JSON ends inside a string");
    }
    return text.charAt(at++);
  }

  private MalformedSafetensorsException expected(String what, String where) {
    String found = at == text.length() ? "the end" : printable(text.charAt(at));
    return fault(where + ": found " + found + " at character " + at + ", expected " + what);
  }

  private static String printable(char c) {
    return c > ' ' && c < 127 ? "'" + c + "'" : "U+%04X".formatted((int) c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipWhitespace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
