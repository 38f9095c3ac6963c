import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Uses what a JVM may use, each part to its end: heap, direct memory and stacks; then it says so, and waits. */
final class Pressure {
    private static final int BLOCK = 64 << 10;
    private static volatile byte[] garbage;

    public static void main(String[] arguments) throws InterruptedException {
        int threads = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);

        long heap = Runtime.getRuntime().maxMemory();
        List<byte[]> live = new ArrayList<>();
        for (long kept = 0; kept < heap * 6 / 10; kept += BLOCK) {
            live.add(new byte[BLOCK]);
        }
        List<ByteBuffer> direct = new ArrayList<>();
        try {
            while (true) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
                for (int i = 0; i < BLOCK; i += 4096) {
                    buffer.put(i, (byte) 1); // memory counts when it is touched
                }
                direct.add(buffer);
            }
        } catch (OutOfMemoryError full) {
            // That was the aim: with ExitOnOutOfMemoryError it is thrown by the library, not by the VM.
        }
        CountDownLatch deep = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                descend(0);
                deep.countDown();
                pause();
            });
            thread.setDaemon(true);
            thread.start();
        }
        deep.await();
        long allocated = 0;
        for (int round = 0; round < rounds; round++) {
            for (long made = 0; made < heap; made += BLOCK) {
                garbage = new byte[BLOCK];
                allocated += BLOCK;
            }
        }
        System.out.println("done: live " + (long) live.size() * BLOCK + " direct " + (long) direct.size() * BLOCK
            + " threads " + threads + " allocated " + allocated);
        pause();
    }

    /** Far enough down that most of a stack has been used. */
    private static int descend(int depth) {
        try {
            return descend(depth + 1) + 1;
        } catch (StackOverflowError bottom) {
            return depth;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
