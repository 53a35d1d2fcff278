package dev.lanewise.model;

import dev.lanewise.Shape;
import dev.lanewise.file.Excerpt;
import dev.lanewise.model.table.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// The names of a model's features and outputs. They are saved with the model and used in messages, evaluations and
/// explanations.
///
/// @param features of columns, of the channels of images, or of the features of each step; empty if they have no names
/// @param outputs of the numbers predicted, or of the classes; empty if they have no names
public record Names(List<String> features, List<String> outputs) {

  private static final int LONGEST = 200;
  private static final Names NONE = new Names(List.of(), List.of());

  /// @throws IllegalArgumentException if a name is blank, longer than 200 characters, has control characters or a lone
  ///     surrogate, or two features or outputs have the same
  public Names {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
    requireNames(features, "feature");
    requireNames(outputs, "output");
  }

  private static void requireNames(List<String> names, String what) {
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)
          || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
        throw new IllegalArgumentException("Names: " + what + " " + index + " is called " + Excerpt.of(name)
            + ", expected 1 to " + LONGEST + " characters, not all blank, none a control character or half of one");
      }
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("Names: two of " + Excerpt.of(names) + " are the same, expected each once");
    }
  }

  /// {@return no names}
  public static Names none() {
    return NONE;
  }

  /// {@return names of features, and none of outputs}
  ///
  /// @throws IllegalArgumentException if a name is none, or two are the same
  public static Names ofFeatures(String... features) {
    return new Names(List.of(features), List.of());
  }

  /// {@return the same with names of the outputs}
  ///
  /// @throws IllegalArgumentException if a name is none, or two are the same
  public Names withOutputs(String... names) {
    return new Names(features, List.of(names));
  }

  /// {@return the same with names of the classes, by number: those of the outputs}
  ///
  /// @throws IllegalArgumentException if a name is none, or two are the same
  public Names withClasses(String... names) {
    return withOutputs(names);
  }

  void requireOf(Architecture architecture, Object owner) {
    require(features, countOfFeatures(architecture), "features", owner);
    require(outputs, architecture.outputs(), "outputs", owner);
  }

  private static void require(List<String> names, int count, String what, Object owner) {
    if (!names.isEmpty() && names.size() != count) {
      throw new IllegalArgumentException(
          owner + ": " + names.size() + " names of " + what + ", expected " + count + " or none");
    }
  }

  /// How many features have names: channels of images, the features of each step.
  static int countOfFeatures(Architecture architecture) {
    return architecture instanceof CnnArchitecture cnn ? cnn.channels() : architecture.features();
  }

  List<String> features(Architecture architecture) {
    return features.isEmpty() ? Labels.numbered(countOfFeatures(architecture)) : features;
  }

  List<String> outputs(Architecture architecture) {
    return outputs.isEmpty() ? Labels.numbered(architecture.outputs()) : outputs;
  }

  /// The names of all numbers of a sample: `green at 3, 5` of a pixel, `pressure at step 12`.
  List<String> ofSample(Architecture architecture, Shape sample) {
    List<String> each = features(architecture);
    int count = each.size();
    return switch (architecture) {
      case MlpArchitecture _ -> each;
      case CnnArchitecture cnn -> IntStream.range(0, sample.size()).mapToObj(at -> {
        int pixel = at % (cnn.height() * cnn.width());
        return each.get(at / (cnn.height() * cnn.width())) + " at " + pixel / cnn.width() + ", " + pixel % cnn.width();
      }).toList();
      case SequenceArchitecture sequence -> IntStream.range(0, sample.size())
          .mapToObj(at -> sequence.hasLengths() && at == sample.size() - 1 ? "length"
              : each.get(at % count) + " at step " + at / count).toList();
    };
  }
}
