package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.docs.Snippet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's example compiles and runs as it stands there.
class ReadmeTest {

  @Test
  void theExampleRuns(@TempDir Path folder) throws Exception {
    Snippet example = Snippet.first(Files.readString(Path.of("README.md")),
        "dev.lanewise", "dev.lanewise.autodiff", "dev.lanewise.graph", "dev.lanewise.nn");
    assertTrue(example.statements().lines().count() <= 13, "more than thirteen lines");
    assertEquals("FLOAT [1, 2]", example.run(folder, "").substring(0, 12));
  }
}
