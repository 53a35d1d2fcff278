package dev.lanewise.model;

import dev.lanewise.Shape;
import dev.lanewise.file.Excerpt;
import dev.lanewise.io.Safetensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A file's texts about its model or training. Each is checked before it is used.
///
/// @param file the file's content
/// @param source its name, first in messages
record Metadata(Safetensors file, String source) {

  String text(String key) throws MalformedModelException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw fault("has no metadata " + key + ", expected it among " + Excerpt.of(file.metadata().keySet()));
    }
    return text;
  }

  void require(String key, String expected) throws MalformedModelException {
    String found = text(key);
    if (!found.equals(expected)) {
      throw fault(key + " is " + Excerpt.of(found) + ", expected " + Excerpt.of(expected));
    }
  }

  void require(Map<String, String> expected) throws MalformedModelException {
    for (var text : expected.entrySet()) {
      require(text.getKey(), text.getValue());
    }
  }

  <E extends Enum<E>> E choice(String key, E[] constants) throws MalformedModelException {
    String text = text(key);
    for (E constant : constants) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw fault(key + " is " + Excerpt.of(text) + ", expected one of " + Excerpt.of(Arrays.asList(constants)));
  }

  boolean truth(String key) throws MalformedModelException {
    String text = text(key);
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(key + " is " + Excerpt.of(text) + ", expected true or false");
    }
    return text.equals("true");
  }

  double number(String key) throws MalformedModelException {
    String text = text(key);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw fault(key + " is " + Excerpt.of(text) + ", expected a number");
    }
  }

  /// What [#integers(String, int, String)] reads, for example `64-100-100-10`.
  static String integers(List<Integer> integers) {
    return integers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  /// Positive integers with `-` between them, at most `most` of them.
  List<Integer> integers(String key, int most, String example) throws MalformedModelException {
    String text = text(key);
    long count = text.chars().filter(c -> c == '-').count() + 1;
    if (count > most) {
      throw fault(key + " are " + Excerpt.of(text) + ", " + count
          + " numbers, expected at most " + most + " with " + tensors() + " tensors");
    }
    List<Integer> integers = new ArrayList<>();
    for (String integer : text.split("-", -1)) {
      if (!integer.matches("[1-9][0-9]{0,8}")) {
        throw fault(key + " are " + Excerpt.of(text) + ", expected positive integers such as " + example);
      }
      integers.add(Integer.valueOf(integer));
    }
    return integers;
  }

  private MalformedModelException fault(String fault) {
    return new MalformedModelException(source, fault);
  }

  /// Exactly `count` positive integers with `-` between them.
  List<Integer> exactly(int count, String key, String example) throws MalformedModelException {
    List<Integer> integers = integers(key, count, example);
    if (integers.size() != count) {
      throw fault(key + " is " + Excerpt.of(text(key)) + ", expected as many integers as in " + example);
    }
    return integers;
  }

  /// The texts under `prefix` and 0 to count − 1, all of them; none where nothing begins with `prefix`.
  List<String> names(String prefix, int count) throws MalformedModelException {
    long found = file.metadata().keySet().stream().filter(key -> key.startsWith(prefix)).count();
    if (found == 0) {
      return List.of();
    }
    if (found != count) {
      throw fault("has " + found + " names " + prefix + "…, expected " + count + " or none");
    }
    List<String> names = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      names.add(text(prefix + index));
    }
    return names;
  }

  int tensors() {
    return file.tensors().size();
  }

  void requireShape(String name, Shape expected) throws MalformedModelException {
    Shape shape = file.get(name).shape();
    if (!shape.equals(expected)) {
      throw fault("tensor " + name + " is " + shape + ", expected " + expected);
    }
  }
}
