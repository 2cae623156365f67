"""Sentences of news prose, each with a claim that it bears and one that it doesn't, by what is wrong with it.

The project's own, written for the grounding: none is from an evaluation set.
"""

from __future__ import annotations

from typing import NamedTuple


class Triple(NamedTuple):
    """`wrong` names the fault of `false`; `text` bears `true`."""

    wrong: str
    text: str
    true: str
    false: str


TRIPLES = (
    # Who is on whose side.
    Triple(
        "side",
        "Laila Haddad and Ravi Menon co-chaired the talks from the Jordanian and Indian sides respectively.",
        "Laila Haddad co-chaired the talks for Jordan.",
        "Laila Haddad co-chaired the talks for India.",
    ),
    Triple(
        "side",
        "Foreign Secretary Asha Perera led the Sri Lankan side and Deputy Minister Tomas Novak the Czech side.",
        "Tomas Novak led the Czech side.",
        "Tomas Novak led the Sri Lankan side.",
    ),
    Triple(
        "side",
        "Trade Minister Olu Adeyemi signed for Nigeria and Commerce Minister Bao Linh for Vietnam.",
        "Bao Linh signed for Vietnam.",
        "Olu Adeyemi signed for Vietnam.",
    ),
    Triple(
        "side",
        "Egypt's water minister, Hany Sewilam, sat across from Ethiopia's Habtamu Itefa for the first time in a year.",
        "Hany Sewilam of Egypt sat across from Habtamu Itefa of Ethiopia.",
        "Egypt's Habtamu Itefa sat across from Ethiopia's Hany Sewilam.",
    ),
    Triple(
        "side",
        "The accord was signed on behalf of Kenya by Grace Otieno and on behalf of Uganda by Moses Okello.",
        "Grace Otieno signed the accord on behalf of Kenya.",
        "Grace Otieno signed the accord on behalf of Uganda.",
    ),
    Triple(
        "side",
        "Chilean Vice Minister Pablo Rojas and his Peruvian counterpart, Lucia Quispe, chaired the session.",
        "Pablo Rojas chaired the session for Chile.",
        "Pablo Rojas chaired the session for Peru.",
    ),
    Triple(
        "side",
        "Norway was represented by Kari Lund, Finland by Mika Salo.",
        "Mika Salo represented Finland.",
        "Kari Lund represented Finland.",
    ),
    Triple(
        "side",
        "Ambassador Jun Sato came for Japan and Special Envoy Min-jae Park for Korea.",
        "Special Envoy Min-jae Park came for Korea.",
        "Special Envoy Min-jae Park came for Japan.",
    ),
    Triple(
        "side",
        "The Turkish delegation was headed by Deputy Minister Elif Demir, the Greek one by Nikos Pappas.",
        "Elif Demir headed the Turkish delegation.",
        "Nikos Pappas headed the Turkish delegation.",
    ),
    Triple(
        "side",
        "Kazakhstan's Serik Abenov chaired the council, and Uzbekistan's Dilshod Karimov was his deputy.",
        "Serik Abenov of Kazakhstan chaired the council.",
        "Uzbekistan's Serik Abenov chaired the council.",
    ),
    # A cause that the sentence doesn't give.
    Triple(
        "cause",
        "The ferry service to the islands stopped on 4 March. The harbour is being dredged.",
        "The ferry service to the islands stopped on 4 March.",
        "The ferry service to the islands stopped because the harbour is being dredged.",
    ),
    Triple(
        "cause",
        "Lagos cancelled the marathon because the main bridge had been found unsafe.",
        "The marathon was cancelled because the main bridge was unsafe.",
        "The main bridge was unsafe because the marathon was cancelled.",
    ),
    Triple(
        "cause",
        "Exports of tea fell by a tenth in 2021, and rainfall was the lowest in thirty years.",
        "Exports of tea fell by a tenth in 2021.",
        "Exports of tea fell by a tenth in 2021 due to low rainfall.",
    ),
    Triple(
        "cause",
        "The tunnel opened two years late owing to floods in the access shaft.",
        "The tunnel opened late because of floods in the access shaft.",
        "Floods in the access shaft came because the tunnel opened late.",
    ),
    Triple(
        "cause",
        "Lack of spare parts led to the grounding of nine of the fourteen aircraft.",
        "Nine aircraft were grounded because of a lack of spare parts.",
        "Spare parts are lacking because nine aircraft were grounded.",
    ),
    Triple(
        "cause",
        "Minister Ines Prado resigned on Friday, as auditors had found 40 million pesos missing.",
        "Ines Prado resigned because auditors had found 40 million pesos missing.",
        "40 million pesos were missing because Ines Prado resigned.",
    ),
    Triple(
        "cause",
        "The second trial was stopped after one of three pumps failed.",
        "The second trial was stopped because one of three pumps failed.",
        "One of three pumps failed as a result of the second trial being stopped.",
    ),
    Triple(
        "cause",
        "The stadium in Accra was shut in May. Its lease ran out in August of that year.",
        "The stadium in Accra was shut in May.",
        "The stadium in Accra was shut because its lease ran out.",
    ),
    Triple(
        "cause",
        "The price of bread doubled; the government, which faces an election, promised subsidies.",
        "The government promised subsidies.",
        "The price of bread doubled because the government faces an election.",
    ),
    Triple(
        "cause",
        "Snow blocked the pass, so the convoy turned back.",
        "The convoy turned back because snow blocked the pass.",
        "Snow blocked the pass because the convoy turned back.",
    ),
    Triple(
        "cause",
        "The bank blamed the delay on a strike of its couriers.",
        "The delay was caused by a strike of the couriers.",
        "The strike of the couriers was caused by the delay.",
    ),
    Triple(
        "cause",
        "Work on the dam was suspended in June, when heavy rain flooded the site.",
        "Work on the dam was suspended because heavy rain flooded the site.",
        "Heavy rain flooded the site because work on the dam was suspended.",
    ),
    # An agent that the sentence doesn't give, or another's deed.
    Triple(
        "agent",
        "The commission was created by the Council of Ministers of Chad in 2014.",
        "The commission was created by the Council of Ministers.",
        "The commission was created by the Chadian government.",
    ),
    Triple(
        "agent",
        "The museum in Quito was opened by the mayor; the president sent a letter.",
        "The museum in Quito was opened by the mayor.",
        "The museum in Quito was opened by the president.",
    ),
    Triple(
        "agent",
        "Denmark sold Iceland two patrol ships in 1998.",
        "Denmark sold two patrol ships to Iceland.",
        "Iceland sold Denmark two patrol ships in 1998.",
    ),
    Triple(
        "agent",
        "Vodafone bought Mannesmann in the largest takeover that Germany had seen.",
        "Mannesmann was bought by Vodafone.",
        "Mannesmann bought Vodafone.",
    ),
    Triple(
        "agent",
        "Rwanda accused Burundi of sheltering rebels.",
        "Burundi was accused of sheltering rebels by Rwanda.",
        "Burundi accused Rwanda of sheltering rebels.",
    ),
    Triple(
        "agent",
        "Malta defeated Cyprus 2-1 in the final at Valletta.",
        "Malta defeated Cyprus in the final.",
        "Cyprus defeated Malta 2-1 in the final.",
    ),
    Triple(
        "agent",
        "Colombia extradited Carlos Vera to Spain in 2016.",
        "Carlos Vera was extradited to Spain by Colombia.",
        "Carlos Vera was extradited by Spain to Colombia.",
    ),
    Triple(
        "agent",
        "The port is run by a consortium of three Danish companies, not by the harbour authority.",
        "The port is run by a consortium of three Danish companies.",
        "The port is run by the harbour authority.",
    ),
    Triple(
        "agent",
        "The bridge was designed by Amina Diallo and paid for by the African Development Bank.",
        "The bridge was paid for by the African Development Bank.",
        "The bridge was designed by the African Development Bank.",
    ),
    Triple(
        "agent",
        "President Boris Ilic succeeded Marta Kovac in 2018.",
        "Boris Ilic succeeded Marta Kovac.",
        "Marta Kovac succeeded Boris Ilic in 2018.",
    ),
    Triple(
        "agent",
        "Oman lent Yemen 300 million dollars for the road.",
        "Oman lent Yemen 300 million dollars.",
        "Yemen lent Oman 300 million dollars for the road.",
    ),
    Triple(
        "agent",
        "Jana Horak was succeeded as head of the agency by Petr Dvorak.",
        "Petr Dvorak succeeded Jana Horak as head of the agency.",
        "Jana Horak succeeded Petr Dvorak as head of the agency.",
    ),
    Triple(
        "agent",
        "The law was drafted by the justice ministry and rejected by the upper house.",
        "The upper house rejected the law.",
        "The law was rejected by the justice ministry.",
    ),
    # Somebody else said it.
    Triple(
        "speaker",
        "Fatima Zahra said that the dam was safe. Engineer Karim Alami warned of cracks.",
        "Fatima Zahra said that the dam was safe.",
        "Karim Alami said that the dam was safe.",
    ),
    Triple(
        "speaker",
        "The union called the offer an insult, while the railway described it as generous.",
        "The union called the offer an insult.",
        "The railway called the offer an insult.",
    ),
    Triple(
        "speaker",
        "According to the coastguard, 14 people were rescued. The ministry gave no figure.",
        "According to the coastguard, 14 people were rescued.",
        "According to the ministry, 14 people were rescued.",
    ),
    Triple(
        "speaker",
        "“We will not pay twice,” Deputy Mayor Hugo Brandt told reporters after the talks with Lena Vogt.",
        "Hugo Brandt told reporters that they will not pay twice.",
        "Lena Vogt told reporters that they will not pay twice.",
    ),
    Triple(
        "speaker",
        "Amnesty says that 31 prisoners are held without charge; the interior ministry says that it is nine.",
        "Amnesty says that 31 prisoners are held without charge.",
        "The interior ministry says that 31 prisoners are held without charge.",
    ),
    Triple(
        "speaker",
        "The spill covers 12 square kilometres, the harbour master said. The refinery denied any leak.",
        "The spill covers 12 square kilometres, the harbour master said.",
        "The refinery said that the spill covers 12 square kilometres.",
    ),
    Triple(
        "speaker",
        "Finance Minister Omar Said announced a budget of 9 billion riyals, the opposition leader Nour Aziz said on Sunday "
        "that half of it was debt.",
        "Nour Aziz said that half of the budget was debt.",
        "Omar Said said that half of the budget was debt.",
    ),
    Triple(
        "speaker",
        "The IMF expects growth of 3.1 per cent this year, the central bank 4 per cent.",
        "The IMF expects growth of 3.1 per cent this year.",
        "The government expects growth of 3.1 per cent this year.",
    ),
    Triple(
        "speaker",
        "“The line will be ready by June,” said Mei Tanaka, the railway's chief engineer.",
        "Mei Tanaka said that the line will be ready by June.",
        "The transport ministry said that the line will be ready by June.",
    ),
    Triple(
        "speaker",
        "Police said that two men were arrested; a lawyer for the family spoke of five.",
        "Police said that two men were arrested.",
        "A lawyer for the family said that two men were arrested.",
    ),
    # Figures.
    Triple(
        "number",
        "The refinery at Duqm cost 8.5 billion dollars and employs 1,500 people.",
        "The Duqm refinery cost $8.5bn.",
        "The Duqm refinery cost 8.5 million dollars.",
    ),
    Triple(
        "number",
        "Of the 48 villages, 31 have electricity.",
        "31 of the 48 villages have electricity.",
        "41 of the 48 villages have electricity.",
    ),
    Triple(
        "number",
        "Unemployment fell from 12.4 to 9.8 per cent in two years.",
        "Unemployment fell to 9.8 per cent.",
        "Unemployment fell to 8.9 per cent.",
    ),
    Triple(
        "number",
        "Twenty-three firefighters fought the blaze for six hours.",
        "23 firefighters fought the blaze.",
        "32 firefighters fought the blaze.",
    ),
    Triple(
        "number",
        "The line carries 600 megawatts over 310 kilometres.",
        "The line is 310 kilometres long.",
        "The line is 600 kilometres long.",
    ),
    Triple(
        "number",
        "The court sentenced him to four years and fined him 20,000 euros.",
        "He was fined 20,000 euros.",
        "He was fined 20,000 dollars.",
    ),
    # Days.
    Triple(
        "day",
        "The treaty was signed in Lima on 3 June 2016 and came into force on 1 January 2018.",
        "The treaty was signed on 3 June 2016.",
        "The treaty was signed on 3 July 2016.",
    ),
    Triple(
        "day",
        "Elections are due in October 2027.",
        "Elections are due in October 2027.",
        "Elections are due in November 2027.",
    ),
    Triple(
        "day",
        "The first train left Nairobi on 31 May 2017.",
        "The first train left Nairobi in May 2017.",
        "The first train left Nairobi in May 2016.",
    ),
    Triple(
        "day",
        "She was born in 1961 and joined the foreign service in 1986.",
        "She joined the foreign service in 1986.",
        "She joined the foreign service in 1968.",
    ),
    Triple(
        "day",
        "The dam at Bui was handed over on 19 December 2013.",
        "The dam at Bui was handed over in December.",
        "The dam at Bui was handed over in October.",
    ),
    # Names and places.
    Triple(
        "name",
        "The summit was held in Tashkent under the chairmanship of Shavkat Rakhimov.",
        "The summit was held in Tashkent.",
        "The summit was held in Samarkand.",
    ),
    Triple(
        "name",
        "General Manager Sofia Lind opened the plant in Gothenburg.",
        "Sofia Lind opened the plant in Gothenburg.",
        "Sofia Berg opened the plant in Gothenburg.",
    ),
    Triple(
        "name",
        "The loan comes from the Asian Infrastructure Investment Bank.",
        "The loan comes from the AIIB.",
        "The loan comes from the World Bank.",
    ),
    Triple(
        "name",
        "The first ship to dock was the Corvina, under the flag of Panama.",
        "The Corvina was the first ship to dock.",
        "The Carina was the first ship to dock.",
    ),
    # What is denied, and what isn't.
    Triple(
        "denial",
        "Denmark and Norway (though Norway did not end up joining) signed in 1972.",
        "Denmark signed in 1972.",
        "Denmark did not sign in 1972.",
    ),
    Triple(
        "denial",
        "While the club itself may not be rich, clubs need rich sponsors to survive.",
        "Clubs need rich sponsors.",
        "Clubs do not need rich sponsors.",
    ),
    Triple(
        "denial",
        "The senate did not approve the sale of the airline.",
        "The senate did not approve the sale of the airline.",
        "The senate approved the sale of the airline.",
    ),
    Triple(
        "denial",
        "Both governments rejected the report on fisheries.",
        "The governments rejected the report on fisheries.",
        "The governments did not reject the report on fisheries.",
    ),
    Triple(
        "denial",
        "The vaccine has never been tested on children.",
        "The vaccine was never tested on children.",
        "The vaccine was tested on children.",
    ),
    Triple(
        "denial",
        "No passenger was hurt when the train left the rails near Sofia.",
        "No passenger was hurt.",
        "Passengers were hurt when the train left the rails.",
    ),
    Triple(
        "denial",
        "The bridge failed its load test in April.",
        "The bridge failed its load test.",
        "The bridge passed its load test in April.",
    ),
    Triple(
        "denial",
        "Inflation rose to 7 per cent in March.",
        "Inflation rose to 7 per cent in March.",
        "Inflation fell to 7 per cent in March.",
    ),
    Triple(
        "denial",
        "The mine at Kolwezi was closed in 2009.",
        "The mine at Kolwezi was closed in 2009.",
        "The mine at Kolwezi was opened in 2009.",
    ),
    Triple(
        "denial",
        "The upper house accepted the amendment by 41 votes.",
        "The amendment was accepted by 41 votes.",
        "The amendment was rejected by 41 votes.",
    ),
    # Which one of its kind.
    Triple(
        "instance",
        "The second round of talks took place in Doha; the third was held in Muscat.",
        "The third round of talks was held in Muscat.",
        "The second round of talks was held in Muscat.",
    ),
    Triple(
        "instance",
        "The fifth congress elected Ana Reis. The sixth congress elected Rui Costa.",
        "The sixth congress elected Rui Costa.",
        "The fifth congress elected Rui Costa.",
    ),
    # How far it goes.
    Triple(
        "scope",
        "About half of the refugees have returned to Aleppo.",
        "Half of the refugees have returned to Aleppo.",
        "All of the refugees have returned to Aleppo.",
    ),
    Triple(
        "scope",
        "The clinic treats mainly children, and some adults.",
        "The clinic treats mainly children.",
        "The clinic treats only children.",
    ),
    Triple(
        "scope",
        "The ministry plans to build a school in every district.",
        "The ministry plans to build a school in every district.",
        "The ministry has built a school in every district.",
    ),
    Triple(
        "scope",
        "The port may be sold to a foreign company.",
        "The port may be sold to a foreign company.",
        "The port was sold to a foreign company.",
    ),
)
