from openai import OpenAI
from pydantic import BaseModel

client = OpenAI(max_retries=0)


class Town(BaseModel):
    answer: str


completion = client.beta.chat.completions.parse(
    model="gpt-4o-mini",
    messages=[{"role": "system", "content": "You know every town."}, {"role": "user", "content": "Where?"}],
    response_format=Town,
)
message = completion.choices[0].message
if message.parsed:
    print("town:", message.parsed.answer)
town = completion.choices[0].message.parsed
print("parsed", town.answer)
