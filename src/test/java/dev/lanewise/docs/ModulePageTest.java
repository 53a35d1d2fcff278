package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page that the Javadoc opens with: its tour runs as it stands there, and no package is missing.
class ModulePageTest {

  private static String page() throws Exception {
    return Files.readString(Path.of("src/main/java/module-info.java")).lines().filter(line -> line.startsWith("///"))
        .map(line -> line.length() > 3 ? line.substring(4) : "").collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void theTourRuns(@TempDir Path folder) throws Exception {
    Snippet tour = Snippet.first(page(), "dev.lanewise", "dev.lanewise.autodiff", "dev.lanewise.model",
        "dev.lanewise.nn");
    assertEquals(11, tour.statements().lines().count());
    List<String> printed = tour.run(folder, """
        System.out.println(jacobian.shape());
        System.out.println(Math.abs(pushed.get(0, 1) - jacobian.get(1, 0)) < 1e-6);
        System.out.println(pulled.get("1.bias").get(0));
        System.out.println(predicted.shape());
        """).lines().toList();
    assertEquals(List.of("[2, 4]", "true", "1.0", "[1, 1]"), printed);
  }

  @Test
  void everyPackageIsShown() throws Exception {
    String page = page();
    for (String name : PublicApi.packages()) {
      assertTrue(isShown(page, name), name);
    }
  }

  /// By itself, by one of its types, or by the package that it is a room of.
  private static boolean isShown(String page, String name) {
    String outer = name.substring(0, name.lastIndexOf('.'));
    return page.contains("[" + name + "]") || page.contains("[" + name + ".") || !outer.equals("dev")
        && !outer.equals("dev.lanewise") && isShown(page, outer);
  }
}
