package dev.lanewise.graph.primitive;

/// The smaller of two operands of one shape, element by element. Its rules are those of an [Extreme].
public record Min() implements Extreme {

  @Override
  public boolean isLargest() {
    return false;
  }
}
