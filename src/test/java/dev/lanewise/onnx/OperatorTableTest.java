package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.operator.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The table of operators in the docs is the table in the code.
class OperatorTableTest {

  private static final String HEADER = "| operator | opset | becomes | not supported |";
  private static final Pattern OPSETS = Pattern.compile("\\d+( to \\d+)?");

  /// The cells of each row under the header.
  private static List<List<String>> rows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/onnx.md"));
    int header = lines.indexOf(HEADER);
    assertTrue(header >= 0, HEADER);
    return lines.stream().skip(header + 2).takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1)))
        .map(cells -> cells.stream().map(String::strip).toList()).toList();
  }

  @Test
  void hasARowForEachOperatorSortedByName() throws IOException {
    List<String> names = rows().stream().map(row -> row.getFirst().replace("`", "")).toList();
    assertEquals(List.copyOf(Operators.names()), names);
  }

  @Test
  void saysForEachInWhichOpsetsAndWhatItBecomes() throws IOException {
    assertAll(rows().stream().map(row -> () -> {
      assertEquals(4, row.size(), row.toString());
      assertTrue(OPSETS.matcher(row.get(1)).matches(), row.toString());
      assertTrue(!row.get(2).isEmpty(), row.toString());
    }));
  }
}
