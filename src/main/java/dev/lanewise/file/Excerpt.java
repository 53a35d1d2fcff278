package dev.lanewise.file;

import java.util.Collection;
import java.util.StringJoiner;

/// Excerpts of a file for messages: a file may hold a name of a gigabyte, or a million of them, but people read
/// messages.
public final class Excerpt {

  private static final int MOST_CHARACTERS = 80;
  private static final int MOST_ITEMS = 12;
  private static final int MOST_OF_A_MESSAGE = 4_000;

  private Excerpt() {}

  /// At most 80 characters of `text`, with `…` where some are left out, and `?` for control characters.
  public static String of(CharSequence text) {
    return of(text, MOST_CHARACTERS);
  }

  /// A message, cut likewise where it is longer than 4,000 characters.
  public static String ofMessage(String message) {
    return of(message, MOST_OF_A_MESSAGE);
  }

  private static String of(CharSequence text, int most) {
    int length = Math.min(text.length(), most);
    if (length < text.length() && Character.isHighSurrogate(text.charAt(length - 1))) {
      length--;
    }
    StringBuilder excerpt = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      excerpt.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return excerpt.append(length < text.length() ? "…" : "").toString();
  }

  /// At most 12 of the items, each as [#of(CharSequence)] has it, and how many are left out: `[a, b, … 988 more]`.
  public static String of(Collection<?> items) {
    StringJoiner list = new StringJoiner(", ", "[", "]");
    int listed = 0;
    for (Object item : items) {
      if (listed == MOST_ITEMS && items.size() > MOST_ITEMS) {
        return list.add("… " + (items.size() - listed) + " more").toString();
      }
      list.add(of(String.valueOf(item)));
      listed++;
    }
    return list.toString();
  }
}
