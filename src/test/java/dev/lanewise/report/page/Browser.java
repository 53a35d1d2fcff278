package dev.lanewise.report.page;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Chromium without a window, where it is installed.
final class Browser {

  private static final List<String> NAMES = List.of(
      "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int MOST_SECONDS = 60;

  private final Path binary;
  private final Path folder;

  private Browser(Path binary, Path folder) {
    this.binary = binary;
    this.folder = folder;
  }

  /// Skips the test where there is none.
  ///
  /// @param folder for its profile and output
  static Browser orSkip(Path folder) {
    Optional<Path> binary = Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name))).filter(Files::isExecutable).findFirst();
    assumeTrue(binary.isPresent(),
        "none of " + NAMES + " is on the PATH: how the page looks in a browser is not tested");
    return new Browser(binary.get(), folder);
  }

  /// The page as it is once it is loaded and its scripts have run. A browser that does not start, or does not end,
  /// skips the test.
  String dom(Path page) throws IOException, InterruptedException {
    Path out = folder.resolve("dom.html");
    Path log = folder.resolve("browser.log");
    List<String> command = new ArrayList<>(List.of(binary.toString(), "--headless=new", "--disable-gpu",
        "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-dev-shm-usage",
        "--hide-scrollbars", "--allow-file-access-from-files", "--user-data-dir=" + folder.resolve("profile"),
        "--virtual-time-budget=10000"));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--no-sandbox");
    }
    command.addAll(List.of("--dump-dom", page.toUri().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    if (!ended || process.exitValue() != 0) {
      abort(binary + (ended ? " ended with " + process.exitValue() : " did not end") + ": "
          + Files.readString(log, StandardCharsets.UTF_8));
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
