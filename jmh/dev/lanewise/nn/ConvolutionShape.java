package dev.lanewise.nn;

import dev.lanewise.Shape;
import dev.lanewise.ops.Window;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A convolution whose output is as large as its input, by its name in `summary.json`: `32-64.28x28.3x3` goes from 32
/// channels to 64, on images of 28 × 28 with a window of 3 × 3; a suffix `.g32` gives the number of groups.
record ConvolutionShape(int in, int out, int size, int window, int groups) {

  private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)\\.(\\d+)x\\3\\.(\\d+)x\\4(?:\\.g(\\d+))?");

  static ConvolutionShape of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("shape is " + name + ", expected for example 32-64.28x28.3x3");
    }
    return new ConvolutionShape(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)),
        Integer.parseInt(parts.group(4)), parts.group(5) == null ? 1 : Integer.parseInt(parts.group(5)));
  }

  Conv2d layer() {
    return new Conv2d(in, out, Window.of(window).withPadding(window / 2)).withGroups(groups);
  }

  Shape image() {
    return Shape.of(in, size, size);
  }
}
