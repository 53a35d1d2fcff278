package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files that are almost right are read or refused; and that of others it would be noticed.
class OnnxMutationsTest {

  private static final List<Class<? extends Exception>> DOCUMENTED = List.of(FormatException.class);

  @Test
  void endInWordsOrAreRead() throws IOException {
    long count = OnnxMutations.count(2_000);
    OnnxMutations.Run run = OnnxMutations.of(42).run(count, OnnxMutationsTest::read, DOCUMENTED);
    assertTrue(run.read() > count / 10, run.toString());
    assertTrue(run.refused() > count / 10, run.toString());
  }

  @Test
  @Tag("exhaustive")
  void tenMillionEndInWordsOrAreRead() throws IOException {
    OnnxMutations.of(1).run(OnnxMutations.count(10_000_000), OnnxMutationsTest::read, DOCUMENTED);
  }

  private static void read(byte[] file) throws IOException {
    ModelReader.read(ByteBuffer.wrap(file), ExternalData.none());
  }

  /// What was read of them is what is written of it, unless it has what is not read.
  @Test
  void areWrittenAsRead() throws IOException {
    OnnxMutations.Run run = OnnxMutations.of(7).run(OnnxMutations.count(500), OnnxMutationsTest::rewrite,
        List.of(FormatException.class, IllegalArgumentException.class));
    assertTrue(run.read() > 0, run.toString());
  }

  private static void rewrite(byte[] file) throws IOException {
    ModelProto read = ModelReader.read(ByteBuffer.wrap(file), ExternalData.none());
    byte[] written = Protos.bytes(read);
    assertEquals(Messages.lines(read),
        Messages.lines(ModelReader.read(ByteBuffer.wrap(written), ExternalData.none())));
  }

  @Test
  void areTheSameFromTheSameSeed() throws IOException {
    OnnxMutations some = OnnxMutations.of(1);
    OnnxMutations same = OnnxMutations.of(1);
    OnnxMutations others = OnnxMutations.of(2);
    int different = 0;
    for (int index = 0; index < 100; index++) {
      assertArrayEquals(some.mutation(index), same.mutation(index));
      different += Arrays.equals(some.mutation(index), others.mutation(index)) ? 0 : 1;
    }
    assertTrue(different > 95, "" + different);
  }

  /// Where no field is changed, a file taken apart and put together again is what it was.
  @Test
  void areMadeOfAllFields() throws IOException {
    for (Path path : ExportedNetworksTest.files()) {
      byte[] bytes = Files.readAllBytes(path);
      Field file = Field.file(bytes);
      ModelProto model = ModelReader.read(path);
      assertTrue(file.all().size() > 5 * model.graph().nodes().size(), path + " has " + file.all().size());
      for (Field field : file.all()) {
        assertArrayEquals(bytes, file.replaced(field, field.whole()), path.toString());
      }
    }
  }

  @Test
  void otherEndsAreNoticed() throws IOException {
    OnnxMutations mutations = OnnxMutations.of(3);
    assertNoticed("mutation 0 of seed 3", mutations, _ -> {
      throw new IllegalStateException();
    });
    assertNoticed("StackOverflowError", mutations, OnnxMutationsTest::endlessly);
    byte[][] kept = new byte[1][];
    assertNoticed(" takes 6", mutations, _ -> kept[0] = new byte[65 << 20]);
    assertThrows(AssertionError.class, () -> mutations.run(1, _ -> Math.random(), DOCUMENTED, 0));
  }

  private static void endlessly(byte[] file) throws IOException {
    endlessly(file);
  }

  private static void assertNoticed(String message, OnnxMutations mutations, OnnxMutations.Reader reader) {
    AssertionError noticed = assertThrows(AssertionError.class, () -> mutations.run(3, reader, DOCUMENTED));
    assertTrue(noticed.getMessage().contains(message), noticed.getMessage());
  }
}
