package dev.lanewise.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// The subjects of a fork, one for each iteration, in passes of newly drawn order.
public final class Deck<T> {

  private final List<T> subjects = new ArrayList<>();
  private final Random random = new Random();
  private int next;

  public void add(T subject) {
    subjects.add(subject);
  }

  public void forEach(Consumer<T> action) {
    subjects.forEach(action);
  }

  public List<T> all() {
    return Collections.unmodifiableList(subjects);
  }

  public T next() {
    if (next % subjects.size() == 0) {
      Collections.shuffle(subjects, random);
    }
    return subjects.get(next++ % subjects.size());
  }

  /// Draws a new order, which begins with the next subject.
  public void restart() {
    next = 0;
  }
}
