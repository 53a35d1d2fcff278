package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.format.OnnxMutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Networks whose files are damaged are read or refused in words, within a second and 64 MiB beyond the file.
class MutatedNetworksTest {

  private static final List<Class<? extends Exception>> DOCUMENTED =
      List.of(MalformedOnnxException.class, UnsupportedOnnxException.class);

  @Test
  void endInWordsOrAreRead() throws IOException {
    long count = OnnxMutations.count(1_000);
    OnnxMutations.Run run = OnnxMutations.of(3).run(count, MutatedNetworksTest::read, DOCUMENTED);
    assertTrue(run.read() > count / 200, run.toString());
    assertTrue(run.refused() > count / 2, run.toString());
  }

  @Test
  @Tag("exhaustive")
  void tenMillionEndInWordsOrAreRead() throws IOException {
    OnnxMutations.of(5).run(OnnxMutations.count(10_000_000), MutatedNetworksTest::read, DOCUMENTED);
  }

  private static void read(byte[] file) throws IOException {
    Onnx.read(ByteBuffer.wrap(file), OnnxOptions.defaults());
  }
}
