import { expect, it } from "vitest";
import { distinctionText } from "./distinction";

it("volumes are told apart in the words of those who look at them", () => {
  const said = (distinction: Record<string, string>) => distinctionText("en", distinction);
  expect(said({ EchoTime: "30", DiffusionBValue: "800" })).toBe("echo time 30 ms · b = 800 s/mm²");
  expect(said({ TriggerTimeIndex: "3" })).toBe("image 3 of each place, by time");
  expect(said({ TemporalPositionIndex: "2" })).toBe("time point 2");
  expect(said({ AcquisitionTime: "091502.500000" })).toBe("acquired 09:15:02.5");
  expect(said({ AcquisitionDateTime: "20260412091502" })).toBe("acquired 2026-04-12 09:15:02");
  expect(said({ AcquisitionNumber: "12" })).toBe("acquisition 12");
  expect(said({ ConvolutionKernel: "" }), "one that does not state it").toBe("kernel –");
  expect(said({ ImageType: "ORIGINAL\\PRIMARY" })).toBe("image type ORIGINAL, PRIMARY");
  expect(said({ DiffusionGradientOrientation: "0.57735\\-0.57735\\0" })).toBe("diffusion along 0.5774, -0.5774, 0");
  expect(said({ Manufactured: "x" })).toBe("Manufactured x");
  expect(distinctionText("it", { EchoTime: "2.5", PixelSpacing: "0.5\\0.75" })).toBe(
    "tempo di eco 2,5 ms · pixel di 0,5; 0,75 mm",
  );
  expect(distinctionText("it", { AcquisitionTime: "091502.500000" })).toBe("acquisito alle 09:15:02,5");
  expect(distinctionText("it", { SeriesInstanceUID: "1.2" }), "no number").toBe("serie 1.2");
  expect(distinctionText("it", { FlipAngle: "8", Orientation: "1\\0\\0\\0\\0\\-1" })).toBe(
    "flip angle 8° · direzione coronale",
  );
});
