package dev.lanewise.io;

import static dev.lanewise.io.HandMade.entry;
import static dev.lanewise.io.PyTorchNetworksTest.dense;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Initializer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No header makes its reader take much more memory than the file has bytes, nor write messages that nobody can read.
class HostileHeadersTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST_OF_A_MESSAGE = 4_200;

  /// Headers of about a megabyte, each of one kind of thing repeated.
  private enum Kind {
    TENSORS(20_000) {
      @Override
      String header(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("" + i, "F32", "[0]", 0, 0))
            .collect(Collectors.joining(",", "{", "}"));
      }
    },
    SKIPPED_TENSORS(20_000) {
      @Override
      String header(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("" + i, "I8", "[0]", 0, 0))
            .collect(Collectors.joining(",", "{", "}"));
      }
    },
    TEXTS(60_000) {
      @Override
      String header(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'" + i + "':''")
            .collect(Collectors.joining(",", "{'__metadata__':{", "}}"));
      }
    },
    LONG_TEXT(800_000) {
      @Override
      String header(int count) {
        return "{'__metadata__':{'k':'" + "v".repeat(count) + "'}}";
      }
    },
    ESCAPES(200_000) {
      @Override
      String header(int count) {
        return "{'__metadata__':{'k':'" + "\\n".repeat(count) + "'}}";
      }
    },
    SPACE(800_000) {
      @Override
      String header(int count) {
        return "{" + " ".repeat(count) + "}";
      }
    };

    private final int count;

    Kind(int count) {
      this.count = count;
    }

    abstract String header(int count);
  }

  /// All that is ever allocated, garbage too: a text of the whole header alone would be 4 times its bytes, maps of it
  /// twice the rest.
  @Test
  void allocationIsInProportionToTheFile() throws IOException {
    for (Kind kind : Kind.values()) {
      byte[] file = HandMade.file(kind.header(kind.count));
      Safetensors.read(ByteBuffer.wrap(HandMade.file(kind.header(10)))); // Class loading is nobody's fault.
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Safetensors read = Safetensors.read(ByteBuffer.wrap(file));
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 30L * file.length, kind + ": " + allocated + " bytes for " + file.length);
      assertTrue(read.tensors().size() + read.skipped().size() + read.metadata().size() > 0 || kind == Kind.SPACE);
    }
  }

  @Test
  void aShapeHasNoThousandsOfAxes() {
    for (String dtype : new String[] {"F32", "I64"}) {
      String shape = "[" + "1,".repeat(200_000) + "1]";
      byte[] file = HandMade.file("{" + entry("a", dtype, shape, 0, 4) + "}", new byte[4]);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertMessage("tensor a: shape: more than 64 numbers", () -> read(file));
      assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 2L * file.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{'N':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}",
      "{'N':{'dtype':'F32','shape':[2,'data_offsets':[0,4]}}",
      "{'a':{'dtype':'N','shape':[2],'data_offsets':[0]}}",
      "{'a':{'N':0}}",
      "{'N':{},'N':{}}",
      "{'N':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},'N':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}",
      "{'N':{'dtype':'F32','shape':[0],'data_offsets':[7,7]}}",
      "{'N':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[2,6]}}",
      "{'__metadata__':{'N':1}}",
      "{'__metadata__':{'N':'','N':''}}",
      "{'N\\x'}",
  })
  void messagesAreForPeople(String header) {
    String name = "n".repeat(200_000);
    assertMessage("", () -> read(HandMade.file(header.replace("N", name), new byte[4])));
  }

  @Test
  void messagesOfParametersAreForPeople() throws IOException {
    String name = "n".repeat(10_000);
    String entries = IntStream.range(0, 300).mapToObj(i -> entry(i + "." + name, "F32", "[0]", 0, 0))
        .collect(Collectors.joining(","));
    Safetensors file = read(HandMade.file("{" + entries + "," + entry(name, "N".repeat(10_000), "[0]", 0, 0) + "}"));
    assertMessage("no tensor x, expected one of [0.nnn", () -> file.get("x"));
    assertMessage("tensor nnn", () -> file.get(name));
    assertMessage("no tensor nnn", () -> file.get("n".repeat(200_000)));
    assertMessage("no tensor for parameter 0.weight",
        () -> file.parameters(dense(2, 1), Precision.FLOAT));
    assertMessage("belong to no parameter", () -> file.parameters(spec("0." + name), Precision.FLOAT));
    assertMessage("tensor 0.nnn", () -> file.parameters(spec("x"), Precision.FLOAT, _ -> "0." + name));
    assertMessage("were skipped", () -> file.write(Path.of("never")));
  }

  private static ParameterSpec spec(String name) {
    return ParameterSpec.of(new ParameterSpec.Entry(name, Shape.of(1), Initializer.zeros()));
  }

  /// Refused before there is room for the parameters of a network that the file cannot have.
  @Test
  void parametersAreComparedBeforeThereIsRoomForThem() throws IOException {
    Safetensors file = read(HandMade.file(
        "{" + entry("0.weight", "F32", "[1]", 0, 4) + "," + entry("0.bias", "F32", "[0]", 4, 4) + "}", new byte[4]));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertMessage("tensor 0.weight is [1], expected [20000, 1000]",
        () -> file.parameters(dense(1_000, 20_000), Precision.FLOAT));
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 1 << 20);
  }

  private static Safetensors read(byte[] file) throws IOException {
    return Safetensors.read(ByteBuffer.wrap(file));
  }

  private static void assertMessage(String part, Executable call) {
    Throwable thrown = assertThrows(Exception.class, call);
    assertTrue(thrown instanceof MalformedSafetensorsException || thrown instanceof IllegalArgumentException
        || thrown instanceof IllegalStateException,
        thrown.getClass().toString());
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
    assertTrue(thrown.getMessage().length() < MOST_OF_A_MESSAGE, () -> "message of " + thrown.getMessage().length());
  }
}
