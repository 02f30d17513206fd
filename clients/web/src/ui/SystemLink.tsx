/** The link of operators to the page System. */

import { useLanguage } from "../i18n";
import { Link } from "../router";
import { texts } from "./systemTexts";

export default function SystemLink({ current }: { current: "page" | undefined }) {
  const { language } = useLanguage();
  return (
    <Link href="/system" aria-current={current}>
      {texts[language].title}
    </Link>
  );
}
