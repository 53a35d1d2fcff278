package dev.lanewise.report.content;

import dev.lanewise.report.chart.Picture;
import java.util.List;
import java.util.Optional;

/// A part of the page.
///
/// @param lead its message, in a sentence or two
/// @param code lines shown as preformatted text; empty for none
public record Section(String id, String title, String lead, List<Picture> pictures, List<Table> tables, String code) {

  /// Without code.
  public Section(String id, String title, String lead, List<Picture> pictures, List<Table> tables) {
    this(id, title, lead, pictures, tables, "");
  }

  /// A section of one table; empty if that has no rows.
  public static Optional<Section> ofTable(String id, String title, String lead, Table table) {
    return table.rows.isEmpty() ? Optional.empty()
        : Optional.of(new Section(id, title, lead, List.of(), List.of(table)));
  }

  public Section withLead(String lead) {
    return new Section(id, title, lead, pictures, tables, code);
  }

  /// @param caption what the rows are
  /// @param head the columns' names
  /// @param rows the cells; the first of a row names it
  public record Table(String caption, List<String> head, List<List<String>> rows) {}

  public List<Picture> drawn() {
    return pictures.stream().filter(picture -> !picture.isSentence()).toList();
  }

  /// The pictures of so few numbers that their sentence suffices.
  public List<Picture> said() {
    return pictures.stream().filter(Picture::isSentence).toList();
  }
}
