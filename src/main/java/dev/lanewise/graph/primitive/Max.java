package dev.lanewise.graph.primitive;

/// The larger of two operands of one shape, element by element. Its rules are those of an [Extreme].
public record Max() implements Extreme {

  @Override
  public boolean isLargest() {
    return true;
  }
}
