package dev.lanewise.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Images beside their saliency, five pairs a row, as PNG. Digits are drawn dot by dot, as a server may have no fonts.
final class SaliencyPicture {

  private static final int CELL = 16;
  private static final int GAP = 6;
  private static final int MARGIN = 28;
  private static final int DOT = 4;
  private static final int LABEL = 5 * DOT + 12;
  private static final int PAIRS_A_ROW = 5;

  private static final int PAPER = 0xfcfcfb;
  private static final int INK = 0x1d2329;
  private static final int LINE = 0xcfd4d9;
  private static final int WRONG = 0xc7681c;
  /// From nothing to the most, over orange to almost black.
  private static final int[] HEAT = {0xf7f7f4, 0xf6d2a8, 0xe8964a, 0xb3491a, 0x5a1c12};
  private static final int[] GREY = {0xffffff, 0xb4bac0, 0x1d2329};

  /// The digits as five rows of three dots; the upper left dot is the highest bit.
  private static final int[] GLYPHS = {
      0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
      0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010,
      0b111_101_111_101_111, 0b111_101_111_001_111};

  private final BufferedImage picture;
  private final int side;
  private int pairs;

  /// @param side pixels of an image, across and down
  SaliencyPicture(int pairs, int side) {
    this.side = side * CELL;
    int rows = Math.ceilDiv(pairs, PAIRS_A_ROW);
    picture = new BufferedImage(MARGIN + PAIRS_A_ROW * (2 * this.side + GAP + MARGIN),
        MARGIN + rows * (LABEL + this.side + MARGIN), BufferedImage.TYPE_INT_RGB);
    fill(0, 0, picture.getWidth(), picture.getHeight(), PAPER);
  }

  /// Adds a pair of values from 0 to 1. Above it are the digit shown and the digit predicted, in another colour if it
  /// is wrong.
  void add(int shown, int said, double[][] image, double[][] saliency) {
    int left = MARGIN + pairs % PAIRS_A_ROW * (2 * side + GAP + MARGIN);
    int top = MARGIN + pairs / PAIRS_A_ROW * (LABEL + side + MARGIN);
    digit(shown, left, top, INK);
    digit(said, left + side + GAP, top, said == shown ? INK : WRONG);
    cells(image, GREY, left, top + LABEL);
    cells(saliency, HEAT, left + side + GAP, top + LABEL);
    pairs++;
  }

  private void digit(int digit, int left, int top, int colour) {
    for (int dot = 0; dot < 15; dot++) {
      if ((GLYPHS[digit] >> 14 - dot & 1) == 1) {
        fill(left + dot % 3 * DOT, top + dot / 3 * DOT, DOT, DOT, colour);
      }
    }
  }

  private void cells(double[][] values, int[] stops, int left, int top) {
    fill(left - 1, top - 1, side + 2, side + 2, LINE);
    for (int row = 0; row < values.length; row++) {
      for (int column = 0; column < values[row].length; column++) {
        fill(left + column * CELL, top + row * CELL, CELL, CELL, Cells.colour(stops, values[row][column]));
      }
    }
  }

  private void fill(int left, int top, int across, int down, int colour) {
    for (int y = top; y < top + down; y++) {
      for (int x = left; x < left + across; x++) {
        picture.setRGB(x, y, colour);
      }
    }
  }

  /// Writes `folder`/`name`.png.
  ///
  /// @return where it is
  Path write(Path folder, String name) throws IOException {
    Path file = Files.createDirectories(folder).resolve(name + ".png");
    if (!ImageIO.write(picture, "png", file.toFile())) {
      throw new IOException(file + ": this Java writes no PNG");
    }
    return file;
  }
}
