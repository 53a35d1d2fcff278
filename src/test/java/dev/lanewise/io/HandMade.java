package dev.lanewise.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Safetensors files written by hand.
final class HandMade {

  private HandMade() {}

  /// A file of this header, with `'` for `"`, and these data.
  static byte[] file(String header, byte... data) {
    byte[] utf8 = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + utf8.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
        .putLong(utf8.length).put(utf8).put(data).array();
  }

  /// The header's line of a tensor.
  static String entry(String name, String dtype, String shape, long begin, long end) {
    return "'" + name + "':{'dtype':'" + dtype + "','shape':" + shape + ",'data_offsets':[" + begin + "," + end + "]}";
  }
}
