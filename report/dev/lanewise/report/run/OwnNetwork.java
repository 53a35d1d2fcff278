package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network's file that is to be measured. A separate process reads it first, so that an unreadable file is refused
/// before anything is measured.
///
/// @param file its absolute path
/// @param said the output of that process
public record OwnNetwork(Path file, String said) {

  /// The option's value when no network is named.
  public static final String NONE = "none";

  private static final String DOOR = "dev.lanewise.autodiff.own.OwnNetwork";
  private static final List<String> ENDINGS = List.of(".safetensors", ".onnx");
  private static final Pattern SUBJECTS = Pattern.compile("\\[machine] own\\.subjects: (\\d+)");
  private static final Pattern REFUSED = Pattern.compile("\\[refused] (.+)");

  /// Three, because the median of two is their mean.
  private static final int PASSES = 3;

  /// @param place the file, as given
  /// @throws Refusal if there is no such file, or its network has no Jacobian
  public static OwnNetwork at(Path place) throws IOException {
    Path file = place.toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new Refusal("--network", file + " is not a file, expected a network's file");
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (ENDINGS.stream().noneMatch(name::endsWith)) {
      throw new Refusal("--network", file + " does not end in " + String.join(" or ", ENDINGS)
          + ", expected a model that model.save(path) has written, or an ONNX file");
    }
    Process process = Flags.process(Jvm.MAIN, "-cp", System.getProperty("java.class.path"), DOOR, file.toString())
        .redirectErrorStream(true).start();
    return of(file, new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /// @param said the output of the process
  static OwnNetwork of(Path file, String said) throws Refusal {
    Matcher refused = REFUSED.matcher(said);
    if (refused.find()) {
      throw new Refusal("--network", refused.group(1));
    }
    if (!SUBJECTS.matcher(said).find()) {
      throw new Refusal("--network",
          file + " cannot be read: " + said.strip().lines().filter(line -> !line.startsWith("WARNING"))
          .findFirst().orElse("no message"));
    }
    return new OwnNetwork(file, said);
  }

  /// As many forks as a verdict takes, unless the profile only checks that everything runs.
  private static int forks(Profile profile) {
    return switch (profile) {
      case SMOKE -> 1;
      case FULL -> 20;
      case STANDARD -> 10;
      default -> 6;
    };
  }

  public List<Block> blocks(Profile profile) {
    Matcher subjects = SUBJECTS.matcher(said);
    subjects.find();
    return List.of(new Block(forks(profile),
        List.of(Trial.of("own network", Suite.OWN_NETWORK.benchmark, "network", file)
        .withSubjects(PASSES * Integer.parseInt(subjects.group(1))))));
  }
}
