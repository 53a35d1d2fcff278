package dev.lanewise.onnx.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.NodeProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Constants that are computed when the file is read, and what of them follows from the batch's length.
class FoldingTest {

  private static final ElementType WIDE = ElementType.INT64;

  private final Call call = new Call(new Trace(null, new Facts(13, true, Map.of(), 0)),
      new NodeProto("n", "Add", "", List.of("a", "b"), List.of("y"), Map.of()), List.of());

  private static Integers integers(long... values) {
    return Integers.of(WIDE, values, values.length);
  }

  @Test
  void broadcastsAsNumPy() {
    Integers column = Integers.of(WIDE, new long[] {10, 20}, 2, 1);
    Integers sum = Folding.of(call, column, integers(1, 2, 3), Long::sum);
    assertArrayEquals(new long[] {11, 12, 13, 21, 22, 23}, sum.values());
    assertArrayEquals(new int[] {2, 3}, sum.dims());
    assertFalse(sum.isOfBatch());
    Numbers number = Numbers.constant(Tensor.of(new double[] {2}, 1));
    Numbers product = Folding.of(call, number, number, (a, b) -> a * b);
    assertEquals(0, product.rank());
    assertEquals(4, product.tensor().get(0));
  }

  @Test
  void whatFollowsFromTheBatchDoesElementByElement() {
    Integers shape = new Integers(new long[] {1, 5}, new int[] {2}, new long[] {Integers.MANY, 5}, -1, WIDE);
    Integers twice = Folding.of(call, shape, integers(2), (a, b) -> a * b);
    assertTrue(twice.growsWithBatch(0));
    assertFalse(twice.isOfBatch(1));
    assertTrue(Folding.of(call, shape, a -> -a).isOfBatch(0));
    Integers isOpen = Folding.of(call, ElementType.BOOL, integers(-1, 5), integers(-1), (a, b) -> a == b ? 1 : 0);
    Integers chosen = Folding.choice(call, isOpen, integers(7), shape);
    assertArrayEquals(new long[] {7, 5}, chosen.values());
    assertFalse(chosen.isOfBatch());
    Integers other = Folding.choice(call, Folding.of(call, isOpen, a -> 1 - a), integers(7), shape);
    assertArrayEquals(new long[] {1, 7}, other.values());
    assertTrue(other.growsWithBatch(0));
    assertFalse(other.isOfBatch(1));
  }

  @Test
  void whatIsTheSameOfAnyBatchDoesNotFollowFromIt() {
    Integers batch = new Integers(new long[] {1}, new int[0], new long[] {Integers.MANY}, -1, WIDE);
    Integers six = Folding.of(call, batch, Integers.of(WIDE, new long[] {6}), (a, b) -> a * b);
    assertFalse(Folding.of(call, six, batch, (a, b) -> a / b).isOfBatch());
    Integers open = Integers.of(WIDE, new long[] {-1});
    Integers asked = Folding.of(call, ElementType.BOOL, batch, open, (a, b) -> a == b ? 1 : 0);
    assertFalse(asked.isOfBatch());
    Integers more = Folding.of(call, batch, a -> a + 1);
    assertTrue(more.isOfBatch(0));
    assertFalse(more.growsWithBatch(0));
  }

  @Test
  void keepsTheAxisThatHasOneForEachSample() {
    Integers zeros = new Integers(new long[2], new int[] {1, 2}, new long[2], 0, WIDE);
    assertEquals(1, Folding.of(call, zeros, Integers.of(WIDE, new long[3], 3, 1, 1), Long::sum).batch());
    assertEquals(0, Folding.of(call, zeros, a -> a + 1).batch());
    Integers turned = new Integers(new long[2], new int[] {2, 1}, new long[2], 1, WIDE);
    refused("one integer for each sample along different axes", () -> Folding.of(call, zeros, turned, Long::sum));
    refused("one integer for each sample along different axes",
        () -> Folding.of(call, zeros, Integers.of(WIDE, new long[2], 2, 1), Long::sum));
  }

  @Test
  void keepsWhatTheTypeHolds() {
    assertEquals(-128, Folding.wrapped(ElementType.INT8, 128));
    assertEquals(-32768, Folding.wrapped(ElementType.INT16, 32768));
    assertEquals(Integer.MIN_VALUE, Folding.wrapped(ElementType.INT32, 0x8000_0000L));
    assertEquals(255, Folding.wrapped(ElementType.UINT8, -1));
    assertEquals(65535, Folding.wrapped(ElementType.UINT16, -1));
    assertEquals(0xffff_ffffL, Folding.wrapped(ElementType.UINT32, -1));
    assertEquals(1, Folding.wrapped(ElementType.BOOL, 6));
    assertEquals(-1, Folding.wrapped(WIDE, -1));
  }

  @Test
  void refusesWhatDoesNotFitOrWouldTakeAnyMemory() {
    Integers wide = Integers.of(WIDE, new long[1 << 12], 1, 1 << 12);
    Integers high = Integers.of(WIDE, new long[1 << 12], 1 << 12, 1);
    refused("expected at most 2097152 elements", () -> Folding.of(call, wide, high, Long::sum));
    refused("constants have aligned axes of lengths 3 and 2",
        () -> Folding.of(call, integers(1, 2), integers(1, 2, 3), Long::sum));
    Integers small = Integers.of(ElementType.INT32, new long[] {1}, 1);
    refused("operands are of types INT64 and INT32", () -> Folding.of(call, integers(1), small, Long::sum));
    refused("operands are of types INT64 and INT32", () -> Folding.choice(call, integers(1), integers(1), small));
    Integers unsigned = Integers.of(ElementType.UINT64, new long[] {-1}, 1);
    refused("has an element of 2⁶³ or more", () -> Folding.of(call, unsigned, unsigned, Long::divideUnsigned));
  }

  private static void refused(String fault, Executable folding) {
    String message = assertThrows(Refusal.class, folding).getMessage();
    assertTrue(message.contains(fault), message);
  }
}
