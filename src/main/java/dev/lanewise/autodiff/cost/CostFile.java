package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;
import dev.lanewise.file.Draft;
import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/// A cost model as text, one line of numbers for each x and y of a table:
///
/// ```
/// lanewise cost model 1
/// machine amd64, Linux, AMD EPYC, vectors of 512 bit, Java 25
/// origin measured 2026-01-31 in 500 rounds
/// FLOAT A_B 1 1: 20.5 21.0 …
/// …
/// crc32 89abcdef
/// ```
///
/// The last line is the CRC-32 of all before it, so that no part of a file passes for the whole.
///
/// @param machine whose times they are
/// @param origin how they came about, one line
record CostFile(String machine, String origin, CostTables tables) {

  private static final String HEAD = "lanewise cost model 1";
  private static final String MACHINE = "machine ";
  private static final String ORIGIN = "origin ";
  private static final String CHECK = "crc32 ";
  /// Several times what a file takes.
  private static final int MOST_BYTES = 1 << 20;

  /// @throws IOException if the file cannot be read, or is no cost model
  static CostFile read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1); // Not its size first: a device says 0, and never ends.
      if (bytes.length > MOST_BYTES) {
        throw fault(path.toString(), "has over " + MOST_BYTES + " bytes, expected at most that");
      }
      return parse(path.toString(), new String(bytes, StandardCharsets.UTF_8));
    }
  }

  static IOException fault(String source, String fault) {
    return new IOException(source + ": " + fault);
  }

  /// @param source what to name in errors
  static CostFile parse(String source, String text) throws IOException {
    String[] lines = text.replace("\r\n", "\n").split("\n", -1);
    if (!lines[0].equals(HEAD)) {
      throw fault(source, "begins with \"" + Excerpt.of(lines[0]) + "\", expected \"" + HEAD + "\"");
    }
    int last = lines.length - 2;
    if (last < 0 || !lines[last + 1].isEmpty() || !lines[last].startsWith(CHECK)) {
      throw fault(source,
          "truncated: ends with \"" + Excerpt.of(lines[lines.length - 1]) + "\", expected a line of " + CHECK.strip());
    }
    String check = check(String.join("\n", Arrays.asList(lines).subList(0, last)) + "\n");
    if (!lines[last].equals(check)) {
      throw fault(source, "damaged: ends with \"" + Excerpt.of(lines[last]) + "\", expected \"" + check + "\"");
    }
    Lines rest = new Lines(source, lines);
    String machine = rest.after(MACHINE);
    String origin = rest.after(ORIGIN);
    CostTables tables = rest.tables();
    rest.requireLine(last);
    return new CostFile(machine, origin, tables);
  }

  private static String check(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%s%08x", CHECK, crc.getValue());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(HEAD).append('\n').append(MACHINE).append(machine).append('\n').append(ORIGIN).append(origin)
        .append('\n');
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        CostTable table = tables.of(precision, work);
        int line = work.axis(2).length;
        for (int point = 0; point < work.points(); point++) {
          text.append(point % line == 0 ? label(precision, work, point) : "").append(' ').append(table.point(point));
          text.append(point % line == line - 1 ? "\n" : "");
        }
      }
    }
    return text.append(check(text.toString())).append('\n').toString();
  }

  private static String label(Precision precision, Work work, int point) {
    return precision + " " + work + " " + work.size(0, point) + " " + work.size(1, point) + ":";
  }

  /// Replaces what `path` leads to, as [Draft] does.
  void write(Path path) throws IOException {
    Draft.replace(path, text());
  }

  /// Reads line after line, from the second on.
  private static final class Lines {

    private final String source;
    private final String[] lines;
    private int next = 1;

    Lines(String source, String[] lines) {
      this.source = source;
      this.lines = lines;
    }

    String after(String key) throws IOException {
      String line = lines[next++];
      if (!line.startsWith(key)) {
        throw fault(source, "line " + next + " is \"" + Excerpt.of(line) + "\", expected \"" + key + "…\"");
      }
      return line.substring(key.length());
    }

    CostTables tables() throws IOException {
      double[][] nanos = new double[CostTables.COUNT][];
      for (Precision precision : Precision.values()) {
        for (Work work : Work.values()) {
          nanos[CostTables.index(precision, work)] = table(precision, work);
        }
      }
      return new CostTables((precision, work, point) -> nanos[CostTables.index(precision, work)][point]);
    }

    private double[] table(Precision precision, Work work) throws IOException {
      double[] nanos = new double[work.points()];
      int line = work.axis(2).length;
      for (int from = 0; from < nanos.length; from += line) {
        String[] numbers = after(label(precision, work, from) + " ").split(" ", -1);
        if (numbers.length != line) {
          throw fault(source, "line " + next + " has " + numbers.length + " times, expected " + line);
        }
        for (int i = 0; i < line; i++) {
          nanos[from + i] = time(numbers[i]);
        }
      }
      return nanos;
    }

    private double time(String number) throws IOException {
      double time;
      try {
        time = Double.parseDouble(number);
      } catch (NumberFormatException _) {
        time = Double.NaN;
      }
      if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
        throw fault(source,
            "line " + next + " has the time \"" + Excerpt.of(number) + "\", expected a positive number of nanoseconds");
      }
      return time;
    }

    void requireLine(int line) throws IOException {
      if (next != line) {
        throw fault(source, "has " + (line - next) + " lines too many, expected " + next + " before the last");
      }
    }
  }
}
