package dev.lanewise.ops;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The results of all steps, or of some consecutive steps, of one recurrent layer in one direction: at the point, of
/// tangents or of cotangents.
///
/// | tensor | shape                          | at the point              | of tangents | of cotangents |
/// |--------|--------------------------------|---------------------------|-------------|---------------|
/// | parts  | `[steps, rows, parts·hidden]`  | the gates                 | theirs      | ā             |
/// | h      | `[steps + 1, rows, hidden]`    | h                         | ḣ           | h̄             |
/// | c      | the same, of an LSTM           | c                         | ċ           | c̄             |
/// | tanh   | `[steps, rows, hidden]`, of an LSTM | tanh c               |             |               |
///
/// **The last step comes first**, and after the first one, at [#beforeAt()], the initial state: a pull then reads
/// forward in memory and sums over time as it goes, so that the sums have the same bits however the steps are cut
/// into pieces.
///
/// Its tensors live in a workspace, and are void with it.
public final class RecurrentSteps {

  RecurrentCell cell;
  int hidden;
  int rows;
  int capacity;
  int steps;
  Tensor parts;
  Tensor h;
  Tensor c;
  Tensor tanh;

  /// Without room yet.
  public RecurrentSteps() {}

  /// Takes room for up to `capacity` steps from a workspace.
  ///
  /// @param rows samples, times the directions of tangents or cotangents
  /// @param atPoint whether they are of the point, not of tangents or cotangents
  /// @return this
  public RecurrentSteps on(
      Workspace ws, RecurrentCell cell, Precision precision, int capacity, int rows, int hidden, boolean atPoint) {
    this.cell = cell;
    this.hidden = hidden;
    this.rows = rows;
    this.capacity = capacity;
    steps = capacity;
    parts = ws.matrix(precision, capacity * rows, cell.parts() * hidden);
    h = ws.matrix(precision, (capacity + 1) * rows, hidden);
    c = cell.hasCells() ? ws.matrix(precision, (capacity + 1) * rows, hidden) : Tensor.none();
    tanh = cell.hasCells() && atPoint ? ws.matrix(precision, capacity * rows, hidden) : Tensor.none();
    return this;
  }

  /// {@return how many numbers the room for `capacity` steps takes}
  public static long numbers(RecurrentCell cell, int capacity, int rows, int hidden, boolean atPoint) {
    long states = (capacity + 1L) * rows * hidden;
    long step = (long) capacity * rows * hidden;
    return cell.parts() * step + (cell.hasCells() ? 2 * states : states) + (cell.hasCells() && atPoint ? step : 0);
  }

  /// Uses room for this many steps only.
  ///
  /// @return this
  /// @throws IllegalArgumentException if there is not so much
  public RecurrentSteps ofSteps(int count) {
    if (count < 1 || count > capacity) {
      throw new IllegalArgumentException("RecurrentSteps: " + count + " steps, expected 1 to " + capacity);
    }
    steps = count;
    return this;
  }

  /// {@return h, ḣ or h̄, of the last step first}
  public Tensor h() {
    return h;
  }

  /// {@return c, ċ or c̄, of the last step first; [Tensor#none()] but of an LSTM}
  public Tensor c() {
    return c;
  }

  /// {@return how many rows each step has}
  public int rows() {
    return rows;
  }

  /// {@return how many steps there are now}
  public int steps() {
    return steps;
  }

  /// {@return where in h and c, counted in numbers, the state before the first step is}
  public int beforeAt() {
    return steps * rows * hidden;
  }
}
