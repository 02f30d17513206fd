/** The style sheets of a modal, in Mantine's order: for parts that are loaded when they are used. */
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
