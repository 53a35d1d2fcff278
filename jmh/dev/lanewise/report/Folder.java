package dev.lanewise.report;

import dev.lanewise.report.chart.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The report's directory. It is filled under another name beside its place and moved there as a whole: at its place there
/// is either a finished report or none.
final class Folder {

  static final String PAGE = "index.html";
  static final String RESULT = "jmh-result.json";
  private static final String SUMMARY = "summary.json";

  private final Path place;
  private final Path draft;

  /// Whether a killed run had left a half report beside the place, which is gone now.
  final boolean hadHalf;

  /// Removes the report that is at `place`, and what a killed run left beside it.
  Folder(Path place) throws IOException {
    this.place = place.toAbsolutePath().normalize();
    requireReport(this.place);
    this.draft = this.place.resolveSibling(this.place.getFileName() + ".draft");
    this.hadHalf = Files.exists(draft);
    delete(this.place);
    delete(draft);
    Files.createDirectories(draft);
  }

  /// What is no report is not ours to delete.
  private static void requireReport(Path place) throws IOException {
    if (!Files.exists(place) || Files.isRegularFile(place.resolve(Machine.FILE))) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new Refusal(place.toString(), "is a file, expected a directory to write the report to");
    }
    try (Stream<Path> inside = Files.list(place)) {
      if (inside.findAny().isPresent()) {
        throw new Refusal(place.toString(), "holds something else than a report, expected an empty or new directory");
      }
    }
  }

  Path resolve(String file) {
    return draft.resolve(file);
  }

  /// The page and all that belongs to it.
  void write(byte[] raw, Findings findings) throws IOException {
    Files.write(resolve(RESULT), raw);
    writeFigures(findings);
    write(PAGE, Page.html(findings));
  }

  /// What stands in files of its own: figures, machine, pictures with their data.
  void writeFigures(Findings findings) throws IOException {
    write(Machine.FILE, findings.machine().json());
    write(SUMMARY, findings.summary().json());
    for (Section section : findings.sections()) {
      for (Picture picture : section.pictures()) {
        write(picture.name() + ".svg", picture.svg());
        write(picture.name() + "-dark.svg", picture.darkSvg());
        write(picture.name() + ".csv", picture.csv());
      }
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(resolve(file), text, StandardCharsets.UTF_8);
  }

  void publish() throws IOException {
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> walk = Files.walk(root)) {
        List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.delete(path);
        }
      }
    }
  }
}
