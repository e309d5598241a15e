package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.alerting.Notification.Chart;
import dev.vedette.alerting.Notification.ChartPoint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ChartImageTest {
    private static final int RED = 0xFFC62828;
    private static final int BLUE = 0xFF1F4E79;
    private static final int BAND = 0xFFDCE6F2;

    private static BufferedImage read(Chart chart) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(ChartImage.png(chart).orElseThrow()));
    }

    private static long count(BufferedImage image, int fromX, int toX, int colour) {
        return IntStream.range(fromX, toX)
                .flatMap(x -> IntStream.range(0, image.getHeight()).map(y -> image.getRGB(x, y)))
                .filter(pixel -> pixel == colour)
                .count();
    }

    @Test
    void lineIsRedWhereItLeavesItsBand() throws IOException {
        BufferedImage image = read(Samples.chart());
        assertEquals(ChartImage.WIDTH, image.getWidth());
        assertEquals(ChartImage.HEIGHT, image.getHeight());
        int middle = ChartImage.WIDTH / 2;
        assertEquals(0, count(image, 0, middle, RED));
        assertTrue(count(image, 0, middle, BLUE) > middle);
        assertTrue(count(image, 7 * ChartImage.WIDTH / 8, ChartImage.WIDTH, RED) > 100);
        assertTrue(count(image, 0, ChartImage.WIDTH, BAND) > ChartImage.WIDTH);
    }

    @Test
    void unknownPointIsAGap() throws IOException {
        BufferedImage image = read(Samples.chart());
        int gap = ChartImage.WIDTH / 2 + ChartImage.WIDTH / 120;
        assertEquals(0, count(image, gap - 4, gap + 4, BLUE));
    }

    @Test
    void constantIsALineInTheMiddle() throws IOException {
        Chart flat =
                new Chart(
                        "flat",
                        IntStream.range(0, 2)
                                .mapToObj(i ->
                                        new ChartPoint(
                                                Samples.BEGAN.plusSeconds(i),
                                                5,
                                                Double.NaN,
                                                Double.NaN))
                                .toList());
        BufferedImage image = read(flat);
        assertEquals(BLUE, image.getRGB(ChartImage.WIDTH / 2, ChartImage.HEIGHT / 2));
    }

    @Test
    void chartWithoutTwoKnownPointsIsNoPicture() {
        ChartPoint one = new ChartPoint(Samples.BEGAN, 5, 1, 2);
        ChartPoint unknown = new ChartPoint(Samples.BEGAN, Double.NaN, 1, 2);
        assertEquals(Optional.empty(), ChartImage.png(new Chart("x", List.of())));
        assertEquals(Optional.empty(), ChartImage.png(new Chart("x", List.of(one, unknown))));
        assertEquals(Optional.empty(), Sparkline.of(new Chart("x", List.of(unknown))));
    }

    @Test
    void sparklineShowsTheHighestOfEachStretch() {
        Sparkline line = Sparkline.of(Samples.chart()).orElseThrow();
        assertEquals(40, line.bars().length());
        assertTrue(line.bars().endsWith("██████"), line.bars());
        assertTrue(line.bars().startsWith("▁"), line.bars());
    }
}
