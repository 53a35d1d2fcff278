package dev.lanewise.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Builds copies of the projects under `examples/services` by the Maven and the JDK that this build runs on, with a
/// local repository of their own: the library's jar comes from there, installed by the profile, and all else from this
/// user's one where it is there.
final class SampleProjects {

  private static final Path SOURCES = Path.of("examples/services");
  private static final Path FOLDER = Path.of("target/services").toAbsolutePath();
  private static final String SETTINGS = """
      <settings>
        <profiles>
          <profile>
            <id>what-is-here</id>
            <repositories>
              <repository>
                <id>here</id>
                <url>%1$s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
              </repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository>
                <id>here</id>
                <url>%1$s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
              </pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles><activeProfile>what-is-here</activeProfile></activeProfiles>
      </settings>
      """;

  SampleProjects() throws IOException {
    Files.writeString(FOLDER.resolve("settings.xml"),
        SETTINGS.formatted(Path.of(System.getProperty("services.localRepository")).toUri()));
  }

  /// @return the folder of the built copy
  Path build(String name) throws IOException, InterruptedException {
    Path project = FOLDER.resolve(name);
    copy(SOURCES.resolve(name), project);
    ServiceProcess.run(project, maven("clean", "package"));
    return project;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  static List<String> maven(String... arguments) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("services.maven"), "bin", windows ? "mvn.cmd" : "mvn").toString(), "-B", "-ntp",
        "-Dmaven.repo.local=" + FOLDER.resolve("repository"), "-gs", FOLDER.resolve("settings.xml").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
